package io.servicelake;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.RuntimeConfig;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets Spark compile the plans of a test class, as pays where there are many rows. */
public final class CompiledPlans implements BeforeAllCallback, AfterAllCallback {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "spark.sql.codegen.wholeStage", "true",
          "spark.sql.codegen.factoryMode", "FALLBACK",
          "spark.sql.adaptive.enabled", "true");

  private final Map<String, String> before = new HashMap<>();

  @Override
  public void beforeAll(ExtensionContext context) {
    RuntimeConfig conf = SparkSessionForTests.session().conf();
    SETTINGS.forEach(
        (key, value) -> {
          before.put(key, conf.get(key));
          conf.set(key, value);
        });
  }

  @Override
  public void afterAll(ExtensionContext context) {
    before.forEach(SparkSessionForTests.session().conf()::set);
  }
}
