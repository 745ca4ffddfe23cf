package io.servicelake.jobs.serve;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests on a PostgreSQL of their own; each begins as if nothing had been published yet. */
abstract class OnServingDatabase {
  static ServingForTests db;

  @BeforeAll
  static void start(@TempDir Path folder) {
    db = ServingForTests.started(folder);
  }

  @AfterAll
  static void stop() {
    if (db != null) {
      db.stop();
      db = null;
    }
  }

  @BeforeEach
  void beginAnew() throws SQLException {
    db.empty();
  }
}
