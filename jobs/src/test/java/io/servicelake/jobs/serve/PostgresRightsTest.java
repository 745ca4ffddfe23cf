package io.servicelake.jobs.serve;

import static io.servicelake.jobs.serve.ServingForTests.BOARD;
import static io.servicelake.jobs.serve.ServingForTests.CALLS;
import static io.servicelake.jobs.serve.ServingForTests.DAY;
import static io.servicelake.jobs.serve.ServingForTests.both;
import static io.servicelake.jobs.serve.ServingForTests.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may read what is published, and where it may be published to. */
class PostgresRightsTest extends OnServingDatabase {
  @Test
  void dashboardsReadServingAndNothingElse() throws SQLException {
    db.publish(table(BOARD, "1"), table(CALLS, "1"));

    assertThat(db.marker("board")).isEqualTo("1");
    assertRefused(db.reader, "SELECT * FROM serving_contact.calls");
    assertRefused(db.reader, "SELECT * FROM serving_contact_physical.calls_1");
    assertRefused(db.reader, "SELECT * FROM serving_physical.board_1");
    assertRefused(db.reader, "SELECT * FROM serving_physical.release_tables");
    for (String write :
        List.of(
            "CREATE TABLE serving.mine (id int)",
            "CREATE TABLE public.mine (id int)",
            "CREATE TEMP TABLE mine (id int)",
            "CREATE SCHEMA mine",
            "DELETE FROM serving.board")) {
      assertRefused(db.reader, "SET TRANSACTION READ WRITE; " + write);
    }
  }

  @Test
  void callersReadServingContactAndNothingElse() throws SQLException {
    db.publish(table(BOARD, "1"), table(CALLS, "1"));
    ServingTarget caller = db.server.as(DatabaseRole.CONTACT_READER);

    assertThat(TestSql.one(caller, "SELECT max(marker) FROM serving_contact.calls")).isEqualTo("1");
    assertRefused(caller, "SELECT * FROM serving.board");
  }

  @Test
  void anyOtherDatabaseWillDo() throws SQLException {
    ServingTarget administrator = db.server.as(DatabaseRole.ADMINISTRATOR);
    TestSql.run(administrator, "CREATE ROLE elsewhere LOGIN PASSWORD 'elsewhere'");
    TestSql.run(administrator, "CREATE DATABASE elsewhere OWNER elsewhere");
    ServingTarget elsewhere =
        new ServingTarget(
            db.owner.url().replace("/servicelake", "/elsewhere"), "elsewhere", "elsewhere");

    Publication publication = new PostgresServing(elsewhere).publish(both("1"), DAY);

    assertThat(publication.missingRoles()).isEmpty();
    assertThat(TestSql.one(elsewhere, "SELECT max(marker) FROM serving.cards")).isEqualTo("1");
  }

  private static void assertRefused(ServingTarget target, String sql) {
    assertThatThrownBy(() -> TestSql.run(target, sql))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("permission denied");
  }
}
