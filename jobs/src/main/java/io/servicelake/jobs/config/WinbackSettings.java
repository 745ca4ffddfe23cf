package io.servicelake.jobs.config;

import io.servicelake.campaign.Offer;
import io.servicelake.campaign.WinbackRules;
import io.servicelake.ml.campaign.CampaignDesign;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who is won back by what, within which bounds, and how it is measured. */
@Section(
    value = "winback",
    meaning = "Win-back: a campaign a month, its bounds, its hold-out and how it is measured.")
public record WinbackSettings(
    @Setting(by = "conf/offers", meaning = "Folder of the offers' rules.") String offers,
    @Setting(
            by = "0.5",
            unit = "probability",
            min = 0,
            max = 1,
            meaning = "Loss probability from which a person is a candidate.")
        double lossProbability,
    @Setting(
            by = "0.03",
            unit = "probability",
            min = 0.001,
            max = 1,
            meaning =
                "Standard deviation of what offers truly add about their assumed_lift: what campaigns show outweighs"
                    + " what is assumed once its standard error is smaller.")
        double liftPriorSd,
    @Setting(
            by = "2000000",
            unit = "hundredths of the currency",
            min = 0,
            meaning = "Budget of a dealer for a campaign: expected discounts and contacts.")
        long budgetAmountMinor,
    @Setting(
            by = "80",
            unit = "calls",
            min = 0,
            meaning = "Free capacity of a dealer for a campaign's calls.")
        int calls,
    @Setting(
            by = "{}",
            meaning =
                "Dealers with other bounds, by dealer id: { D01 { calls = 40, budget_amount_minor = 900000 } }.")
        Map<String, DealerBounds> dealers,
    @Setting(
            by = "4",
            unit = "contacts",
            min = 1,
            meaning =
                "A customer who had as many contacts in contact_cap_days gets no further one.")
        int contactCap,
    @Setting(by = "90", unit = "days", min = 1, meaning = "Days the contact cap looks back.")
        int contactCapDays,
    @Setting(
            by = "REQUIRED",
            oneOf = {"REQUIRED", "NOT_REFUSED"},
            meaning =
                "REQUIRED: an offer's channel, or all of them, has to be granted; NOT_REFUSED: it must not be refused,"
                    + " and who said nothing may be contacted.")
        String consent,
    @Setting(
            by = "0.2",
            unit = "share",
            min = 0.01,
            max = 0.9,
            meaning = "Share of the chosen who are held out.")
        double holdOutShare,
    @Setting(
            by = "0",
            unit = "share",
            min = 0,
            max = 0.5,
            meaning =
                "Share of all who may be contacted that is contacted at random, chosen or not; 0 for none. On top of"
                    + " the calls and the budget.")
        double randomContactShare,
    @Setting(
            by = "winback-1",
            meaning =
                "Text that arms are drawn with; kept with each campaign. No secret: arms are drawn by the lake, not by"
                    + " who could gain from foretelling them.")
        String salt,
    @Setting(
            by = "0.05",
            unit = "probability",
            min = 0.001,
            max = 0.9,
            meaning = "Rise of the visit rate that campaigns together shall be able to show.")
        double plannedLift,
    @Setting(
            by = "90",
            unit = "days",
            min = 1,
            max = 365,
            meaning = "Days after assignment in which visits count.")
        int windowDays,
    @Setting(
            by = "0.1",
            unit = "share",
            min = 0,
            meaning =
                "Difference between like customers of the mean discount and of the share with an offer, as a share"
                    + " of the group's own, from which it is flagged.")
        double fairnessTolerance) {

  /** The campaign of a day: one a month. */
  public static String campaignId(LocalDate day) {
    return "winback-%1$tY-%1$tm".formatted(day);
  }

  /** How the arms of the campaign of a day are drawn. */
  public CampaignDesign design(LocalDate day) {
    return new CampaignDesign(campaignId(day), salt, salt, holdOutShare, randomContactShare);
  }

  /**
   * The bounds of a campaign.
   *
   * @param value what margins are reckoned with
   */
  public WinbackRules rules(List<Offer> inUse, ValueSettings value) {
    Map<String, WinbackRules.Bounds> byDealer = new TreeMap<>();
    dealers.forEach(
        (dealer, own) ->
            byDealer.put(
                dealer,
                new WinbackRules.Bounds(
                    own.calls().orElse(calls), own.budgetAmountMinor().orElse(budgetAmountMinor))));
    return new WinbackRules(
        inUse,
        liftPriorSd,
        lossProbability,
        new WinbackRules.Bounds(calls, budgetAmountMinor),
        byDealer,
        windowDays,
        value.marginShare(),
        value.yearlyDiscountRate());
  }
}
