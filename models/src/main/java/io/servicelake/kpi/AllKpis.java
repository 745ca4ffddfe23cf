package io.servicelake.kpi;

import io.servicelake.kpi.Kpi.Ratio;
import java.util.List;
import java.util.stream.Stream;

/** Every key figure the product knows. */
public final class AllKpis {
  /** Additive ratios: what dealer_days and dealer_months carry. */
  public static final List<Ratio> RATIOS =
      Stream.concat(VisitKpis.ALL.stream(), CustomerKpis.RATIOS.stream()).toList();

  /** All, in the order of KPIS.md. */
  public static final List<Kpi> ALL =
      Stream.concat(RATIOS.stream(), CustomerKpis.MONTHLY.stream()).toList();

  private AllKpis() {}
}
