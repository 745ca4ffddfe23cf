package io.servicelake.jobs.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A way to run PostgreSQL, which refuses to run as root: as this user, in a user namespace where
 * root is nobody (owns the same files, has no other rights), or as another user of the machine.
 *
 * @param prefix what stands before the command
 * @param isOneString true if the command has to follow as one string for a shell
 * @param owner user who has to own the data; empty for the user of this process
 */
record RunAs(String name, List<String> prefix, boolean isOneString, Optional<String> owner) {
  private static final int ROOT = 0;
  private static final List<String> USERS = List.of("postgres", "nobody");

  /** What may work for this process, best first. */
  static List<RunAs> candidates() {
    if (!isRoot()) {
      return List.of(thisUser());
    }
    List<RunAs> candidates = new ArrayList<>();
    candidates.add(userNamespace());
    for (String user : USERS) {
      otherUser(user).ifPresent(candidates::add);
    }
    for (String user : USERS) {
      candidates.add(
          new RunAs(
              "runuser " + user, List.of("runuser", "-u", user, "--"), false, Optional.of(user)));
      candidates.add(
          new RunAs(
              "su " + user, List.of("su", "-s", "/bin/sh", user, "-c"), true, Optional.of(user)));
    }
    return candidates;
  }

  static RunAs thisUser() {
    return new RunAs("this user", List.of(), false, Optional.empty());
  }

  static RunAs userNamespace() {
    return new RunAs("unshare", List.of("unshare", "-U", "--"), false, Optional.empty());
  }

  /** As that user through setpriv; empty if the machine has no such user. */
  static Optional<RunAs> otherUser(String user) {
    Shell.Result uid = Shell.run(Path.of("/"), List.of("id", "-u", user));
    Shell.Result gid = Shell.run(Path.of("/"), List.of("id", "-g", user));
    if (!uid.isOk() || !gid.isOk()) {
      return Optional.empty();
    }
    return Optional.of(
        new RunAs(
            "setpriv " + user,
            List.of(
                "setpriv",
                "--reuid=" + uid.output().strip(),
                "--regid=" + gid.output().strip(),
                "--clear-groups",
                "--"),
            false,
            Optional.of(user)));
  }

  /** The user of this process. */
  static UserPrincipal self() throws IOException {
    return Files.getOwner(Path.of("/proc/self"));
  }

  /** True if this process has root's rights. */
  static boolean isRoot() {
    try {
      return ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).intValue() == ROOT;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return "root".equals(System.getProperty("user.name"));
    }
  }

  /** The command with what has to stand before it. */
  List<String> command(List<String> command) {
    List<String> whole = new ArrayList<>(prefix);
    if (isOneString) {
      whole.add(
          command.stream()
              .map(word -> "'" + word.replace("'", "'\\''") + "'")
              .collect(Collectors.joining(" ", "exec ", "")));
    } else {
      whole.addAll(command);
    }
    return whole;
  }

  /** True if a command run this way is not root's. */
  boolean works() {
    Shell.Result who = Shell.run(Path.of("/"), command(List.of("id", "-u")));
    return who.isOk() && !who.output().strip().equals(String.valueOf(ROOT));
  }

  /** True if a command run this way may pass through that folder. */
  boolean canEnter(Path folder) {
    return Shell.run(Path.of("/"), command(List.of("test", "-x", folder.toString()))).isOk();
  }
}
