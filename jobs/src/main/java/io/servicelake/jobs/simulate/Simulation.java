package io.servicelake.jobs.simulate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** Simulates a dealer group and writes its exports and, apart from them, the hidden truth. */
public final class Simulation {
  private static final int YEARS_BEFORE = 7;
  private static final int DAYS_AFTER = 365;
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** Files carry the time of the night after the last day, so that no stamp lies after it. */
  private static final LocalTime NIGHTLY_EXPORT = LocalTime.of(4, 0);

  private Simulation() {}

  /**
   * Writes the exports below one folder and the truth below another; both must be empty or new.
   *
   * @throws IllegalArgumentException if a folder holds files, or one lies within the other, or the
   *     call lists to be answered are not of this group
   */
  public static SimulationSummary run(SimulationOptions options, Path exportDir, Path truthDir)
      throws IOException {
    CallLists lists = options.answers().isPresent() ? lists(options) : null;
    checkFolders(exportDir, truthDir);
    int startDay = (int) options.startOn().toEpochDay();
    int endDay = (int) options.endOn().toEpochDay();
    int exportDay = (int) options.exportOn().toEpochDay();
    int lastDay = endDay + DAYS_AFTER;
    Season season = new Season(startDay - 365 * YEARS_BEFORE, lastDay + DAYS_AFTER);
    Group group = new Group(options, startDay, endDay, lastDay);
    group.populate();
    Truth truth = new Truth(new Oracle(season), endDay);
    double lift = options.answers().map(OfferAnswers::lift).orElse(0.0);
    Answers answers = new Answers(lists, lift, options.seed(), season);
    LifeCourse course = new LifeCourse(season, group, startDay, lastDay, truth, answers);
    List<Person> people = new ArrayList<>();
    Deque<Person> waiting = new ArrayDeque<>(group.people);
    int next = group.people.size();
    while (!waiting.isEmpty()) {
      Person person = waiting.poll();
      people.add(person);
      group.openFile(person);
      course.live(person, person.joinedDay);
      for (LifeCourse.Resale resale : course.resold) {
        if (resale.sold().untilDay < endDay - 30) {
          waiting.add(group.buyer(next++, resale.sold(), resale.home()));
        }
      }
      course.resold.clear();
    }
    answers.check();
    List<CustomerFile> files = new ArrayList<>();
    people.forEach(person -> files.addAll(person.files.values()));
    FaultLedger ledger = new FaultLedger();
    Instant writtenAt =
        options.exportOn().plusDays(1).atTime(NIGHTLY_EXPORT).atZone(ZONE).toInstant();
    SheetWriter writer = new SheetWriter(exportDir, writtenAt, ledger);
    Exports exports =
        new Exports(
            group,
            new Period(startDay, exportDay),
            options.seed(),
            new Dirt(options.dirty(), options.seed(), options.endOn().getYear(), ledger),
            writer);
    Numbering.number(files, course.visits, course.afterCare.complaints);
    exports.write(files, course.visits, course.afterCare.contacts, course.afterCare.complaints);
    truth.write(truthDir, group, people);
    answers.write(truthDir, course.visits, exportDay);
    if (options.dirty() != DirtyLevel.NONE) {
      try (BufferedWriter out = Files.newBufferedWriter(truthDir.resolve("fault_ledger.csv"))) {
        ledger.write(out);
      }
    }
    return new SimulationSummary(
        people.stream().filter(Person::isPerson).count(),
        files.stream().filter(file -> Dates.dayOf(file.openedAt) <= exportDay).count(),
        course.visits.stream().filter(visit -> Dates.dayOf(visit.receivedAt) <= exportDay).count(),
        writer.rows(),
        ledger.size(),
        answers.listed(),
        answers.called());
  }

  private static CallLists lists(SimulationOptions options) throws IOException {
    CallLists lists = CallLists.read(options.answers().get().lists());
    if (!lists.day.isBefore(options.exportOn())) {
      throw new IllegalArgumentException(
          "Cannot simulate answers: the call lists are of "
              + lists.day
              + ", the exports of "
              + options.exportOn()
              + ". Nobody was called by then. Export a later day.");
    }
    return lists;
  }

  private static void checkFolders(Path exportDir, Path truthDir) throws IOException {
    Path exports = exportDir.toAbsolutePath().normalize();
    Path truth = truthDir.toAbsolutePath().normalize();
    if (exports.startsWith(truth) || truth.startsWith(exports)) {
      throw new IllegalArgumentException(
          "Cannot simulate: exports go to "
              + exports
              + ", truth to "
              + truth
              + ". What is loaded must not hold the truth. Name two folders apart.");
    }
    for (Path folder : List.of(exports, truth)) {
      Files.createDirectories(folder);
      try (Stream<Path> children = Files.list(folder)) {
        if (children.findAny().isPresent()) {
          throw new IllegalArgumentException(
              "Cannot simulate: "
                  + folder
                  + " is not empty. Files of two simulations would mix."
                  + " Name another folder or empty this one.");
        }
      }
    }
  }
}
