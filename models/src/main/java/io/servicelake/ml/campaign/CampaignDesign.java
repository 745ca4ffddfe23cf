package io.servicelake.ml.campaign;

import java.util.ArrayList;
import java.util.List;

/**
 * How a campaign draws its arms; what is neither held out nor contacted at random is offered.
 *
 * @param campaignId the campaign: each draws anew
 * @param saltId name of the salt, kept with every assignment
 * @param salt secret text; who knows it can foretell arms
 * @param holdOut share held out, 0 to 1
 * @param randomContact share contacted at random, 0 if that arm is not drawn
 */
public record CampaignDesign(
    String campaignId, String saltId, String salt, double holdOut, double randomContact) {

  public CampaignDesign {
    List<String> faults = new ArrayList<>();
    if (campaignId == null || campaignId.isBlank()) {
      faults.add("the campaign has no id");
    }
    if (saltId == null || saltId.isBlank()) {
      faults.add("the salt has no id");
    }
    if (salt == null || salt.isBlank()) {
      faults.add("the salt is empty");
    }
    if (!(holdOut > 0 && holdOut < 1)) {
      faults.add("the share held out is " + holdOut);
    }
    if (!(randomContact >= 0 && randomContact < 1)) {
      faults.add("the share contacted at random is " + randomContact);
    }
    if (holdOut + randomContact >= 1) {
      faults.add("nobody is left for the offer");
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot design campaign %s: %s. Each arm needs a share, and arms must not be foretold. Name campaign and salt; set the share held out above 0 and both shares below 1 together."
              .formatted(campaignId, String.join("; ", faults)));
    }
  }

  /** The share of an arm among customers who were chosen. */
  public double probability(Arm arm) {
    return switch (arm) {
      case OFFER -> 1 - holdOut - randomContact;
      case HOLD_OUT -> holdOut;
      case RANDOM_CONTACT -> randomContact;
    };
  }

  /** Without the salt. */
  @Override
  public String toString() {
    return "CampaignDesign[campaignId=%s, saltId=%s, holdOut=%s, randomContact=%s]"
        .formatted(campaignId, saltId, holdOut, randomContact);
  }
}
