package io.servicelake.jobs.bi;

import io.servicelake.contract.Field;
import io.servicelake.kpi.Kpi;
import java.util.LinkedHashMap;
import java.util.Map;

/** A name in both languages, shown as one. */
record Labels(String en, String zh) {

  static Labels of(Field field) {
    return new Labels(field.labelEn(), field.labelZh());
  }

  static Labels of(Kpi kpi) {
    return new Labels(kpi.card().labelEn(), kpi.card().labelZh());
  }

  /** Codes and their names by turns, in this order. */
  static Map<String, Labels> byCode(Object... codesAndLabels) {
    Map<String, Labels> labels = new LinkedHashMap<>();
    for (int i = 0; i < codesAndLabels.length; i += 2) {
      labels.put((String) codesAndLabels[i], (Labels) codesAndLabels[i + 1]);
    }
    return labels;
  }

  /** English, then Chinese. */
  String both() {
    return en + " " + zh;
  }
}
