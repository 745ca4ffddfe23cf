package io.servicelake.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import io.servicelake.campaign.Offer;
import io.servicelake.jobs.CannotException;
import io.servicelake.ml.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A file of win-back rules below {@code conf/offers}: its version and its offers by code. */
@Section(value = "winback_offers", meaning = "Win-back offers and to whom they fit.")
public record OfferRules(
    @Setting(meaning = "Version of the rules; a hash of what an offer says is added to it.")
        String version,
    @Setting(meaning = "Offers by code.") Map<String, Rule> offers) {

  private static final int CONTENT_DIGITS = 8;

  /** One offer. */
  public record Rule(
      @Setting(
              oneOf = {
                "COUPON",
                "FREE_CHECK",
                "MANAGER_CALL",
                "PICK_UP_AND_DELIVERY",
                "EXTENDED_WARRANTY",
                "PACKAGE",
                "REMINDER"
              },
              meaning = "Kind.")
          String kind,
      @Setting(meaning = "Name in English.") String labelEn,
      @Setting(meaning = "Name in Chinese.") String labelZh,
      @Setting(
              by = "PHONE",
              oneOf = {"PHONE", "SMS", "APP", "LETTER"},
              meaning = "How it is brought; PHONE takes a call of the dealer's capacity.")
          String channel,
      @Setting(
              by = "CALLER",
              oneOf = {"CALLER", "MANAGER", "PROGRAM"},
              meaning = "Who brings it; a core customer's CALLER is the advisor who served last.")
          String caller,
      @Setting(
              by = "[]",
              oneOf = {
                "PRICE",
                "EXPERIENCE",
                "COMPLAINT",
                "DISTANCE",
                "WARRANTY_ENDED",
                "OVERDUE",
                "VEHICLE_AGE",
                "HABIT"
              },
              meaning = "First reasons it answers; none for any.")
          List<String> reasons,
      @Setting(
              by = "[CORE, GENERAL]",
              oneOf = {"CORE", "GENERAL"},
              meaning = "Segments it is for.")
          List<String> segments,
      @Setting(by = "0", unit = "hundredths of the currency", min = 0, meaning = "Discount.")
          long discountAmountMinor,
      @Setting(unit = "hundredths of the currency", min = 0, meaning = "Cost of a contact.")
          long contactCostAmountMinor,
      @Setting(
              unit = "probability",
              min = 0,
              max = 1,
              meaning = "That an offered customer redeems it.")
          double redeemProbability,
      @Setting(
              unit = "probability",
              min = 0,
              max = 1,
              meaning = "Assumed to be added to the probability of a visit in the window.")
          double assumedLift,
      @Setting(by = "[]", meaning = "Powertrains of the main vehicle; none for any.")
          List<String> powertrains,
      @Setting(by = "0", unit = "km", min = 0, meaning = "Least way to the dealer; 0 for any.")
          double minDistanceKm,
      @Setting(by = "0", unit = "years", min = 0, meaning = "Least vehicle age; 0 for any.")
          int minVehicleYears,
      @Setting(by = "0", unit = "years", min = 0, meaning = "Most vehicle age; 0 for any.")
          int maxVehicleYears,
      @Setting(by = "1000", unit = "customers", min = 1, meaning = "Most of a dealer's customers.")
          int mostPerDealer) {

    Offer offer(String code, String version) {
      return new Offer(
          code,
          version,
          kind,
          labelEn,
          labelZh,
          channel,
          caller,
          reasons,
          segments,
          new Offer.Terms(
              discountAmountMinor, contactCostAmountMinor, redeemProbability, assumedLift),
          new Offer.Eligibility(
              powertrains, minDistanceKm, minVehicleYears, maxVehicleYears, mostPerDealer));
    }
  }

  /**
   * The offers of every {@code *.conf} of a folder, by code. The version of each ends with a hash
   * of what its file says of it, so that another rule is another version whatever the file says.
   *
   * @throws CannotException naming every fault of all files
   */
  public static List<Offer> read(Path folder) {
    List<String> faults = new ArrayList<>();
    Map<String, Path> origins = new LinkedHashMap<>();
    List<Offer> offers = new ArrayList<>();
    for (Path file : files(folder)) {
      OfferRules rules = read(file, faults);
      if (rules != null) {
        rules
            .offers()
            .forEach(
                (code, rule) -> {
                  Path before = origins.putIfAbsent(code, file);
                  if (before != null) {
                    faults.add("%s: %s is an offer of %s too".formatted(file, code, before));
                  }
                  offers.add(rule.offer(code, rules.version() + "-" + content(file, code)));
                });
      }
    }
    if (faults.isEmpty() && offers.isEmpty()) {
      faults.add("%s: there is no offer".formatted(folder));
    }
    if (!faults.isEmpty()) {
      throw new CannotException(
          "Cannot use the offers: %d fault%s.\n%s\nOffers are rules of money; a wrong one is not guessed at. Correct them; docs/winback.md shows how."
              .formatted(faults.size(), faults.size() == 1 ? "" : "s", String.join("\n", faults)));
    }
    return offers.stream().sorted(Comparator.comparing(Offer::code)).toList();
  }

  private static OfferRules read(Path file, List<String> faults) {
    int before = faults.size();
    Config config;
    try {
      config =
          ConfigFactory.parseFile(file.toFile())
              .resolve(ConfigResolveOptions.defaults().setUseSystemEnvironment(false));
    } catch (ConfigException e) {
      faults.add("%s: it cannot be parsed: %s".formatted(file, e.getMessage()));
      return null;
    }
    SettingsBinder binder = new SettingsBinder(List.of(OfferRules.class), faults);
    binder.refuseUnknown(config.root());
    OfferRules rules = binder.bind(OfferRules.class, config);
    if (rules != null) {
      rules.offers().forEach((code, rule) -> rules.check(file, code, rule, faults));
    }
    return faults.size() == before ? rules : null;
  }

  /** Short hash of what a file says of an offer; comments and the order of keys do not count. */
  private static String content(Path file, String code) {
    String text =
        ConfigFactory.parseFile(file.toFile())
            .resolve(ConfigResolveOptions.defaults().setUseSystemEnvironment(false))
            .getObject("winback_offers.offers")
            .get(code)
            .render(ConfigRenderOptions.concise());
    return Json.sha256(text).substring(0, CONTENT_DIGITS);
  }

  private void check(Path file, String code, Rule rule, List<String> faults) {
    if (!code.matches("[a-z][a-z0-9-]*")) {
      faults.add(
          "%s: %s is no code; expected lower case letters, digits and -".formatted(file, code));
    }
    if (version.isBlank()) {
      faults.add("%s: the version is empty".formatted(file));
    }
    if (rule.segments().isEmpty()) {
      faults.add("%s: %s is for no segment".formatted(file, code));
    }
    if (rule.maxVehicleYears() > 0 && rule.maxVehicleYears() < rule.minVehicleYears()) {
      faults.add(
          "%s: %s is for vehicles of at least %d and at most %d years"
              .formatted(file, code, rule.minVehicleYears(), rule.maxVehicleYears()));
    }
    if (rule.labelZh().isBlank() || rule.labelEn().isBlank()) {
      faults.add("%s: %s has no name in one of the languages".formatted(file, code));
    }
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(file -> file.toString().endsWith(".conf")).sorted().toList();
    } catch (IOException e) {
      throw new CannotException(
          "Cannot read the offers: the folder %s cannot be listed. Win-back offers are described by files in it. Check winback.offers."
              .formatted(folder),
          e);
    }
  }
}
