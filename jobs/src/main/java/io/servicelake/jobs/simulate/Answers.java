package io.servicelake.jobs.simulate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How customers on call lists answer: who is reached, who takes the offer and comes once more. What
 * would have happened without the call happens all the same: an answer only adds a visit, so that
 * its effect is known of each person.
 */
final class Answers {
  private static final int CALL_DAYS = 14;
  private static final int COMES_WITHIN_DAYS = 35;

  /** One person's answer; the visit is null until it is made. */
  private static final class Answer {
    final CallLists.Entry entry;
    final Dealer dealer;
    final Draws draws;
    final int calledDay;
    final boolean isReached;
    final boolean isWilling;
    final int comesDay;
    boolean hasAccepted;
    String outcome = "";
    Visit visit;

    Answer(
        CallLists.Entry entry,
        Dealer dealer,
        Draws draws,
        int calledDay,
        Person person,
        double lift) {
      this.entry = entry;
      this.dealer = dealer;
      this.draws = draws;
      this.calledDay = calledDay;
      this.isReached = draws.chance(person.responsiveness);
      this.isWilling = draws.chance(lift);
      this.comesDay = calledDay + 2 + draws.below(COMES_WITHIN_DAYS - 1);
    }
  }

  /** Visits and own pay within the window. */
  private static final class Brought {
    int visits;
    long payFen;
    long payOnOfferFen;
  }

  private final CallLists lists;
  private final double lift;
  private final long seed;
  private final Season season;
  private final Workshop workshop;
  private final int listDay;
  private final Map<String, CallLists.Entry> waiting = new HashMap<>();
  private final Map<Person, Answer> answers = new LinkedHashMap<>();

  /**
   * @param lists who is called; null if nobody is
   */
  Answers(CallLists lists, double lift, long seed, Season season) {
    this.lists = lists;
    this.lift = lift;
    this.seed = seed;
    this.season = season;
    this.workshop = new Workshop(season);
    this.listDay = lists == null ? Integer.MAX_VALUE : (int) lists.day.toEpochDay();
    if (lists != null) {
      lists.entries.forEach(entry -> waiting.put(key(entry.dealerCode, entry.phone), entry));
    }
  }

  /** The visit a person makes on an offer; null if none. Asked at the end of each day of a life. */
  Visit visit(Person person, int day) {
    if (day < listDay || !person.isPerson()) {
      return null;
    }
    if (day == listDay) {
      find(person);
      return null;
    }
    Answer answer = answers.get(person);
    if (answer == null) {
      return null;
    }
    Ownership held = held(person, day);
    if (day == answer.calledDay) {
      answer.hasAccepted = answer.isReached && answer.isWilling && held != null;
      answer.outcome = outcome(answer, held);
    }
    boolean comes =
        answer.hasAccepted
            && answer.visit == null
            && held != null
            && day >= answer.comesDay
            && day <= answer.entry.windowUntilDay
            && day > person.busyUntilDay
            && !season.isClosed(day);
    if (!comes) {
      return null;
    }
    answer.visit = workshop.serveOffer(person, held, answer.dealer, day, answer.draws);
    CustomerFile file = person.files.get(answer.dealer);
    file.vehicles.putIfAbsent(held, Math.max(file.openedAt, answer.visit.receivedAt - 600));
    person.visitDays.add(day);
    return answer.visit;
  }

  /** Looks for the person on the lists by every number the files have had. */
  private void find(Person person) {
    for (CustomerFile file : person.files.values()) {
      for (CustomerFile other : person.files.values()) {
        for (CustomerFile.State state : other.states) {
          CallLists.Entry entry =
              answers.containsKey(person)
                  ? null
                  : waiting.remove(key(file.dealer.code, state.phone()));
          if (entry != null) {
            Draws draws = Draws.of(seed, "answers", person.index);
            int calledDay = listDay + 1 + draws.below(CALL_DAYS);
            while (season.isClosed(calledDay)) {
              calledDay++;
            }
            answers.put(person, new Answer(entry, file.dealer, draws, calledDay, person, lift));
          }
        }
      }
    }
  }

  private static Ownership held(Person person, int day) {
    for (Ownership owned : person.ownerships) {
      if (owned.isHeld() && owned.fromDay < day) {
        return owned;
      }
    }
    return null;
  }

  private static String outcome(Answer answer, Ownership held) {
    if (!answer.isReached) {
      return "无人接听";
    }
    return answer.hasAccepted ? "已预约" : held == null ? "车辆已处置" : "无意向";
  }

  private static String key(String dealerCode, String phone) {
    return dealerCode + "|" + phone;
  }

  /** Customers on the lists. */
  int listed() {
    return lists == null ? 0 : lists.entries.size();
  }

  /** Those of them who are customers of the group, and called. */
  int called() {
    return answers.size();
  }

  /**
   * Refuses lists of another group, once all lives were lived.
   *
   * @throws IllegalArgumentException if nobody on the lists was found
   */
  void check() {
    if (lists != null && answers.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot simulate answers: none of the "
              + listed()
              + " on the call lists is a customer of this group. Dealers, phones and files are those of other options. Give the options the lake's exports were simulated with.");
    }
  }

  /**
   * Writes the lists filled in with the calls made until a day, and what is true of everybody who
   * is called.
   */
  void write(Path truthDir, List<Visit> visits, int untilDay) throws IOException {
    if (lists == null) {
      return;
    }
    for (Answer answer : answers.values()) {
      if (answer.calledDay <= untilDay) {
        answer.entry.fillIn(answer.calledDay, answer.isReached, answer.outcome);
      }
    }
    lists.write();
    Map<Person, Brought> brought = new HashMap<>();
    answers.keySet().forEach(person -> brought.put(person, new Brought()));
    for (Visit visit : visits) {
      Answer answer = answers.get(visit.person);
      int day = Dates.dayOf(visit.receivedAt);
      if (answer != null
          && !visit.cancelled
          && day > listDay
          && day <= answer.entry.windowUntilDay) {
        Brought of = brought.get(visit.person);
        if (visit == answer.visit) {
          of.payOnOfferFen += visit.customerPayFen();
        } else {
          of.visits++;
          of.payFen += visit.customerPayFen();
        }
      }
    }
    try (BufferedWriter out = Files.newBufferedWriter(truthDir.resolve("campaign_truth.csv"))) {
      out.write(
          "person_no,dealer_code,customer_file_no,called_on,is_reached,has_accepted,came_without,came_with,"
              + "own_pay_without_amount,own_pay_with_amount\n");
      for (Map.Entry<Person, Answer> entry : answers.entrySet()) {
        Person person = entry.getKey();
        Answer answer = entry.getValue();
        Brought of = brought.get(person);
        Truth.row(
            out,
            person.code(),
            answer.dealer.code,
            person.files.get(answer.dealer).number,
            Truth.day(answer.calledDay),
            answer.isReached,
            answer.hasAccepted,
            of.visits > 0,
            of.visits > 0 || answer.visit != null,
            Money.yuan(of.payFen),
            Money.yuan(of.payFen + of.payOnOfferFen));
      }
    }
  }
}
