package io.servicelake.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.SparkSessionForTests;
import io.servicelake.TestRows;
import io.servicelake.contract.gold.CustomerMonths;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.gold.VisitJobs;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Test;

class SqlTransformTest {
  @Test
  void namesAreGoneAfterTheCallAndTheInputStaysCached() {
    Dataset<Row> visits = TestRows.of(ServiceVisits.TABLE).build().cache();
    SqlTransform.of("gold/customer_months.sql")
        .reading(ServiceVisits.TABLE, visits)
        .to(CustomerMonths.TABLE);
    assertThat(SparkSessionForTests.session().catalog().tableExists("service_visits")).isFalse();
    assertThat(visits.storageLevel()).isNotEqualTo(StorageLevel.NONE());
    visits.unpersist();
  }

  @Test
  void aResultThatDiffersFromTheContractIsRefusedWithEveryFault() {
    SqlTransform months =
        SqlTransform.of("gold/customer_months.sql")
            .reading(ServiceVisits.TABLE, TestRows.of(ServiceVisits.TABLE).build());
    assertThatThrownBy(() -> months.to(VisitJobs.TABLE))
        .hasMessageContaining("Cannot compute gold.visit_jobs")
        .hasMessageContaining("column matures_on is missing")
        .hasMessageContaining("column month_on is not in the contract");
  }

  @Test
  void anUnknownStatementIsToldByName() {
    SqlTransform unknown =
        SqlTransform.of("gold/unknown.sql")
            .reading(ServiceVisits.TABLE, TestRows.of(ServiceVisits.TABLE).build());
    assertThatThrownBy(unknown::rows).hasMessageContaining("gold/unknown.sql");
  }
}
