package io.servicelake.jobs.simulate;

import java.util.List;

/** Components that wear, and the further codes that stand on lines. */
enum Component {
  BRAKE_PAD("制动片", "BRK", 62_000, 3.0, true, 420, 1.2, 0.25, 0.9),
  BATTERY_12V("蓄电池", "BAT", 75_000, 2.6, true, 560, 0.6, 0.20, 0.7),
  TYRE("轮胎", "TYR", 70_000, 3.2, true, 680, 1.0, 0.10, 0.6),
  SUSPENSION("悬架", "SUS", 190_000, 1.7, false, 950, 2.6, 0.60, 1.5),
  AC("空调", "ACN", 210_000, 1.3, false, 780, 2.2, 0.65, 1.7),
  ENGINE("发动机", "ENG", 240_000, 1.5, false, 1600, 4.5, 0.85, 1.6),
  TRANSMISSION("变速箱", "TRN", 330_000, 1.4, false, 2200, 5.0, 0.90, 1.7),
  ELECTRICAL("电气", "ELE", 170_000, 1.1, false, 520, 1.9, 0.80, 2.1),
  COOLING("冷却", "COO", 260_000, 1.8, false, 480, 1.8, 0.50, 1.1),
  STEERING("转向", "STE", 300_000, 1.5, false, 1250, 2.8, 0.70, 1.3),
  WIPER("雨刮", "WIP", 38_000, 2.2, true, 85, 0.2, 0.05, 0.3),
  HV_BATTERY("动力电池", "HVB", 420_000, 1.9, false, 5200, 5.5, 0.95, 1.5),
  OIL("机油", "OIL", 0, 0, true, 190, 0.7, 0.05, 0),
  BODY("车身", "BDY", 0, 0, false, 2400, 7.0, 0.45, 0),
  SOFTWARE("软件", "SFT", 0, 0, false, 0, 0.6, 0.40, 0);

  /** The components whose wear is simulated, in order. */
  static final List<Component> WEARING = List.of(values()).subList(0, HV_BATTERY.ordinal() + 1);

  final String chinese;
  final String shortCode;

  /** Weibull scale, km, and shape. */
  final double scaleKm;

  final double shape;
  final boolean wearPart;
  final double partCostYuan;
  final double flatHours;

  /** From 0 to 1: how much the workshop reserves the job for high levels. */
  final double hardness;

  final double comebackFactor;

  Component(
      String chinese,
      String shortCode,
      double scaleKm,
      double shape,
      boolean wearPart,
      double partCostYuan,
      double flatHours,
      double hardness,
      double comebackFactor) {
    this.chinese = chinese;
    this.shortCode = shortCode;
    this.scaleKm = scaleKm;
    this.shape = shape;
    this.wearPart = wearPart;
    this.partCostYuan = partCostYuan;
    this.flatHours = flatHours;
    this.hardness = hardness;
    this.comebackFactor = comebackFactor;
  }

  boolean fits(CarModel model) {
    boolean electric = model.powertrain() == Powertrain.BEV;
    return switch (this) {
      case ENGINE, TRANSMISSION, COOLING -> !electric;
      case HV_BATTERY -> model.powertrain() != Powertrain.ICE;
      default -> true;
    };
  }
}
