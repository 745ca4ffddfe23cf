package io.servicelake.jobs.serve;

/** How to reach our own server: the roles' targets, each with its password. */
public record ConnectionInfo(int port, DatabasePasswords passwords) {
  /** The address the server listens on, and no other. */
  public static final String HOST = "127.0.0.1";

  /** The role's database, user and password. */
  public ServingTarget as(DatabaseRole role) {
    return new ServingTarget(url(role), role.roleName(), passwords.of(role));
  }

  /** The JDBC URL of the role's database, without user and password. */
  public String url(DatabaseRole role) {
    return "jdbc:postgresql://%s:%d/%s".formatted(HOST, port, role.database());
  }

  @Override
  public String toString() {
    return HOST + ":" + port;
  }
}
