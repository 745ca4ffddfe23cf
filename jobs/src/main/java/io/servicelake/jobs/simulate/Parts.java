package io.servicelake.jobs.simulate;

import java.util.ArrayList;
import java.util.List;

/** The parts catalogue of both brands, with aftermarket parts beside. */
final class Parts {
  record Part(String number, String name, Component component, long costFen) {}

  private Parts() {}

  static String number(CarModel model, Component kind, int variant, boolean genuine) {
    String head = genuine ? model.vinHead().substring(1, 3) : "FX";
    String tail = genuine ? model.vinHead().substring(3, 5) : "U";
    return head + "-" + kind.shortCode + "-" + tail + (variant + 1);
  }

  static long costFen(CarModel model, Component kind, int variant, boolean genuine) {
    double yuan = kind.partCostYuan * (genuine ? model.dear() : 0.6);
    return Math.round(yuan * (1 + 0.12 * variant) * 10) * 10;
  }

  /** Every part once, by number. */
  static List<Part> catalogue() {
    List<Part> parts = new ArrayList<>();
    for (Component kind : Component.values()) {
      if (kind != Component.SOFTWARE) {
        for (int variant = 0; variant < (kind == Component.BODY ? 3 : 2); variant++) {
          for (CarModel model : CarModel.ALL) {
            parts.add(part(model, kind, variant, true));
          }
          parts.add(part(CarModel.ALL.get(0), kind, variant, false));
        }
      }
    }
    parts.sort((a, b) -> a.number().compareTo(b.number()));
    return parts;
  }

  private static Part part(CarModel model, Component kind, int variant, boolean genuine) {
    String name = kind.chinese + (genuine ? " " + model.name() : " 副厂") + " " + (variant + 1);
    return new Part(
        number(model, kind, variant, genuine), name, kind, costFen(model, kind, variant, genuine));
  }
}
