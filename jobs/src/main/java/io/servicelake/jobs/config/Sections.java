package io.servicelake.jobs.config;

import java.util.List;

/** Every section of the configuration, in the order it is written. */
public final class Sections {
  public static final List<Class<? extends Record>> ALL =
      List.of(
          LakeSettings.class,
          TimeSettings.class,
          SparkSettings.class,
          RunSettings.class,
          IngestSettings.class,
          KafkaSettings.class,
          StreamSettings.class,
          IdentitySettings.class,
          CareSettings.class,
          ServiceIntervalSettings.class,
          ModelSettings.class,
          ChurnSettings.class,
          ValueSettings.class,
          SegmentSettings.class,
          ComponentSettings.class,
          WinbackSettings.class,
          ServingSettings.class,
          BiSettings.class,
          ReportSettings.class,
          QualitySettings.class,
          MaintainSettings.class);

  private Sections() {}
}
