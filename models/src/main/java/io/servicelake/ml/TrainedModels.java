package io.servicelake.ml;

import io.servicelake.ml.churn.ChurnModel;
import io.servicelake.ml.churn.ChurnTrainer;
import io.servicelake.ml.due.ServiceDueModel;
import io.servicelake.ml.due.ServiceDueTrainer;
import io.servicelake.ml.repeat.RepeatVisitModel;
import io.servicelake.ml.repeat.RepeatVisitTrainer;
import io.servicelake.ml.risk.ComponentRiskModel;
import io.servicelake.ml.risk.ComponentRiskTrainer;
import io.servicelake.ml.segments.SegmentModel;
import io.servicelake.ml.segments.SegmentTrainer;
import io.servicelake.ml.technicians.TechnicianModel;
import io.servicelake.ml.technicians.TechnicianTrainer;
import java.util.Map;
import java.util.function.Function;

/** Reads stored models back, whichever they are. */
public final class TrainedModels {
  private static final Map<String, Function<String, TrainedModel>> READERS =
      Map.of(
          ChurnTrainer.CHURN_180D, ChurnModel::fromJson,
          RepeatVisitTrainer.REPEAT_VISITS, RepeatVisitModel::fromJson,
          SegmentTrainer.CUSTOMER_SEGMENTS, SegmentModel::fromJson,
          ServiceDueTrainer.SERVICE_DUE, ServiceDueModel::fromJson,
          ComponentRiskTrainer.COMPONENT_RISK_90D, ComponentRiskModel::fromJson,
          TechnicianTrainer.TECHNICIAN_CLUSTERS, TechnicianModel::fromJson);

  private TrainedModels() {}

  /** The model a JSON text holds; its manifest tells which. */
  public static TrainedModel fromJson(String json) {
    String name = Json.text(json, "manifest", "modelName");
    Function<String, TrainedModel> reader = READERS.get(name);
    if (reader == null) {
      throw new IllegalArgumentException(
          "Cannot read a model: its name is '%s', known are %s. The text is no stored model or of another version. Train the model again."
              .formatted(name, READERS.keySet().stream().sorted().toList()));
    }
    return reader.apply(json);
  }
}
