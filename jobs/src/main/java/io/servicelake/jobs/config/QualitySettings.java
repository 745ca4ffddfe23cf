package io.servicelake.jobs.config;

import java.util.List;

/** Expectations of the tables. */
@Section(
    value = "quality",
    meaning = "Expectations of the tables (docs/operations.md lists them) and what a breach does.")
public record QualitySettings(
    @Setting(
            by = "true",
            meaning =
                "A breach of level STOP keeps the steps that read the table from running; false: it is only told.")
        boolean stop,
    @Setting(
            by = "[]",
            meaning =
                "Expectations whose breach is known and accepted, by name: silver.repair_orders.dealer_id_known. They are told, never stop.")
        List<String> accepted,
    @Setting(
            by = "200000",
            unit = "rows",
            min = 0,
            meaning =
                "In tables of so many rows and more only the rows that changed since the last check are checked row by row.")
        long changedFromRows) {}
