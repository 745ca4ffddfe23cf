package io.servicelake.jobs.bi;

import io.servicelake.contract.Field;
import io.servicelake.kpi.Kpi;

/** A name in both languages, shown as one. */
record Labels(String en, String zh) {

  static Labels of(Field field) {
    return new Labels(field.labelEn(), field.labelZh());
  }

  static Labels of(Kpi kpi) {
    return new Labels(kpi.card().labelEn(), kpi.card().labelZh());
  }

  /** English, then Chinese. */
  String both() {
    return en + " " + zh;
  }
}
