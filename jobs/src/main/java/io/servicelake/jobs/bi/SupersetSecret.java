package io.servicelake.jobs.bi;

/** What Superset keeps secret, and where each is found: an environment variable or a key file. */
public enum SupersetSecret {
  /** Signs sessions and encrypts passwords in Superset's metadata; changed, those are lost. */
  SECRET_KEY("SERVICELAKE_SUPERSET_SECRET_KEY", "secret_key.secret"),
  /** Password of user {@code admin}. */
  ADMIN_PASSWORD("SERVICELAKE_SUPERSET_ADMIN_PASSWORD", "admin_password.secret"),
  /** Password of user {@code reader}, who sees dashboards and nothing else. */
  READER_PASSWORD("SERVICELAKE_SUPERSET_READER_PASSWORD", "reader_password.secret");

  private final String variable;
  private final String fileName;

  SupersetSecret(String variable, String fileName) {
    this.variable = variable;
    this.fileName = fileName;
  }

  /** Environment variable that may hold it. */
  public String variable() {
    return variable;
  }

  String fileName() {
    return fileName;
  }
}
