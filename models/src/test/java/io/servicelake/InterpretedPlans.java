package io.servicelake;

import java.util.Map;
import org.apache.spark.sql.RuntimeConfig;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets Spark interpret the plans of a test class instead of compiling them: a dozen rows are done
 * before the code for them would be generated.
 */
public final class InterpretedPlans implements BeforeAllCallback, AfterAllCallback {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN",
          "spark.sql.adaptive.enabled", "false");

  @Override
  public void beforeAll(ExtensionContext context) {
    RuntimeConfig conf = SparkSessionForTests.session().conf();
    SETTINGS.forEach(conf::set);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    RuntimeConfig conf = SparkSessionForTests.session().conf();
    SETTINGS.keySet().forEach(conf::unset);
  }
}
