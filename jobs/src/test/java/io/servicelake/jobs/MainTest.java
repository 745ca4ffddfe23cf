package io.servicelake.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MainTest {
  private static final String CONF = "../conf/servicelake.conf";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void everyLevelHasHelp() {
    Deque<CommandLine> commands = new ArrayDeque<>();
    commands.add(Main.commandLine());
    while (!commands.isEmpty()) {
      CommandLine command = commands.pop();
      assertThat(command.getUsageMessage())
          .as(command.getCommandName())
          .contains(command.getCommandSpec().qualifiedName());
      assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
      commands.addAll(command.getSubcommands().values());
    }
    assertThat(run("db", "start", "--help")).isZero();
    assertThat(out.toString()).contains("--lake");
  }

  @Test
  void wrongUseAndWrongConfigurationEndWithTwo() {
    assertThat(run("run", "--as-of", "yesterday")).isEqualTo(2);
    assertThat(run("db")).isEqualTo(2);
    assertThat(run("status", "--conf", CONF, "--set", "lake.pth=x")).isEqualTo(2);
    assertThat(err.toString()).contains("did you mean lake.path?").doesNotContain("\tat ");
  }

  @Test
  void optionsOfASimulationThatWouldDoNothingAreWrongUse() {
    assertThat(run("simulate", "--lift", "0.3")).isEqualTo(2);
    assertThat(err.toString()).contains("--lift 0.3 without --answers").doesNotContain("\tat ");
    assertThat(run("simulate", "--to-kafka", "--out", folder.toString(), "--dirty")).isEqualTo(2);
    assertThat(err.toString()).contains("Cannot play " + folder);
  }

  @Test
  void aRollbackNamesTheModelAndThenIfWantedTheIdentifier() {
    assertThat(
            run(
                "models",
                "rollback",
                "CHURN_180D",
                "other",
                "--conf",
                CONF,
                "--lake",
                folder.toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("Cannot roll back CHURN_180D to other");
    assertThat(run("models", "rollback", "CHURN_180D", "--conf", CONF, "--lake", folder.toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("Cannot roll back CHURN_180D:").doesNotContain("\tat ");
  }

  @Test
  void statusOfAnEmptyLakeSaysHowToFillIt() {
    assertThat(run("status", "--conf", CONF, "--lake", folder.toString())).isZero();
    assertThat(out.toString()).contains("none yet", "free");
  }

  @Test
  void aFullDiskIsNoFaultOfTheProgram() {
    assertThat(run("fill")).isEqualTo(1);
    assertThat(err.toString())
        .contains("no space is left on the disk", "Free room, then run again")
        .doesNotContain("fault of the program", "\tat ");
  }

  private int run(String... arguments) {
    return Main.commandLine()
        .addSubcommand(new Filling())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  /** Ends as a step does whose file could not be written. */
  @Command(name = "fill", description = "Fills the disk.")
  private static final class Filling implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new IllegalStateException(
          "Job aborted", new IOException("write failed: No space left on device"));
    }
  }
}
