package io.servicelake.jobs.simulate;

/** Powertrains and their names in the exports. */
enum Powertrain {
  ICE("汽油"),
  HEV("油电混动"),
  PHEV("插电混动"),
  BEV("纯电");

  final String chinese;

  Powertrain(String chinese) {
    this.chinese = chinese;
  }

  boolean hasGreenPlate() {
    return this == PHEV || this == BEV;
  }
}
