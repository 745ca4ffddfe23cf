package io.servicelake.jobs.simulate;

import java.util.List;

/**
 * A model as sold.
 *
 * @param vinHead characters 1 to 8 of the VIN
 * @param sales weight among the brand's sales
 * @param dear price level of parts and labour, 1 is usual
 * @param frail wear, 1 is usual
 */
record CarModel(
    String brand,
    String name,
    String vinHead,
    Powertrain powertrain,
    int warrantyMonths,
    int warrantyKm,
    int intervalMonths,
    int intervalKm,
    double sales,
    double dear,
    double frail) {
  static final String CHENYAO = "晨曜";
  static final String LINGCHI = "凌驰";

  static final List<CarModel> ALL =
      List.of(
          new CarModel(
              CHENYAO, "晨曜 E3", "LCYA1B2E", Powertrain.ICE, 36, 100_000, 6, 7_500, 5, 0.9, 1.0),
          new CarModel(
              CHENYAO, "晨曜 E5", "LCYA2C3F", Powertrain.ICE, 36, 100_000, 12, 10_000, 4, 1.0, 0.9),
          new CarModel(
              CHENYAO, "晨曜 X7", "LCYB1D4G", Powertrain.ICE, 36, 100_000, 6, 7_500, 3, 1.2, 1.2),
          new CarModel(
              CHENYAO, "晨曜 H5", "LCYH1C3H", Powertrain.HEV, 48, 100_000, 12, 10_000, 2, 1.1, 0.7),
          new CarModel(
              CHENYAO, "晨曜 EV6", "LCYV1A1N", Powertrain.BEV, 48, 120_000, 12, 20_000, 2, 1.1, 0.8),
          new CarModel(
              LINGCHI, "凌驰 S4", "LLZS4A1J", Powertrain.ICE, 36, 60_000, 6, 5_000, 4, 1.0, 1.3),
          new CarModel(
              LINGCHI, "凌驰 G6", "LLZG6B2K", Powertrain.ICE, 36, 100_000, 6, 7_500, 3, 1.3, 1.0),
          new CarModel(
              LINGCHI, "凌驰 P5", "LLZP5C1L", Powertrain.PHEV, 48, 100_000, 12, 10_000, 2, 1.2, 1.1),
          new CarModel(
              LINGCHI, "凌驰 i3", "LLZV3A1M", Powertrain.BEV, 48, 120_000, 12, 20_000, 2, 1.1, 0.9));
}
