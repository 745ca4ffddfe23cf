package io.servicelake.jobs.serve;

import java.util.Optional;

/** The roles of the serving database, where each finds its password and which database it uses. */
public enum DatabaseRole {
  /** Sets the server up; used by nothing else. */
  ADMINISTRATOR("postgres", "postgres", null, "db_administrator"),
  /** Owns the serving schemas and publishes into them. */
  OWNER("servicelake_owner", "servicelake", "SERVICELAKE_DB_PASSWORD", "db_owner"),
  /** Dashboards: reads schema serving and nothing else. */
  BI_READER("bi_reader", "servicelake", "SERVICELAKE_BI_PASSWORD", "db_bi_reader"),
  /** People who call customers: reads schema serving_contact and nothing else. */
  CONTACT_READER(
      "contact_reader", "servicelake", "SERVICELAKE_CONTACT_PASSWORD", "db_contact_reader"),
  /** Superset's own metadata, in its own database. */
  SUPERSET("superset", "superset", "SERVICELAKE_SUPERSET_DB_PASSWORD", "db_superset");

  private final String roleName;
  private final String database;
  private final String variable;
  private final String keyName;

  DatabaseRole(String roleName, String database, String variable, String keyName) {
    this.roleName = roleName;
    this.database = database;
    this.variable = variable;
    this.keyName = keyName;
  }

  /** Name of the role in PostgreSQL. */
  public String roleName() {
    return roleName;
  }

  /** The database the role connects to. */
  public String database() {
    return database;
  }

  /** Environment variable that may hold the password; none for the administrator. */
  public Optional<String> variable() {
    return Optional.ofNullable(variable);
  }

  /** Name of the key file, without folder. */
  public String keyFileName() {
    return keyName + ".secret";
  }
}
