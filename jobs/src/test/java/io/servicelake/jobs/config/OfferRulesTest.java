package io.servicelake.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.servicelake.campaign.Offer;
import io.servicelake.jobs.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfferRulesTest {
  private static final String GOOD =
      """
      winback_offers {
        version = "1"
        offers { coupon { kind = COUPON, label_en = "Coupon", label_zh = "券", contact_cost_amount_minor = 10,
          redeem_probability = 0.1, assumed_lift = 0.02 } }
      }
      """;

  @TempDir private Path folder;

  @Test
  void theOffersThatComeWithTheProductAreSoundAndOfEveryKind() {
    List<Offer> offers = OfferRules.read(Path.of("../conf/offers"));

    assertThat(offers).extracting(Offer::kind).doesNotHaveDuplicates().hasSize(7);
    assertThat(offers).extracting(Offer::version).allMatch(it -> it.matches("2026-01-[0-9a-f]{8}"));
  }

  @Test
  void anOfferThatSaysSomethingElseIsAnotherVersion() throws IOException {
    String before = version(GOOD);

    assertThat(version(GOOD.replace("0.02", "0.03"))).isNotEqualTo(before).startsWith("1-");
    assertThat(
            version(
                GOOD.replace("kind = COUPON, label_en", "label_en")
                    .replace("\"券\",", "\"券\", kind = COUPON,")))
        .isEqualTo(before);
    assertThat(version("# a comment\n" + GOOD)).isEqualTo(before);
    assertThat(version(GOOD.replace("version = \"1\"", "version = \"2\"")))
        .isEqualTo(before.replace("1-", "2-"));
  }

  private String version(String text) throws IOException {
    Files.writeString(folder.resolve("a.conf"), text);
    return OfferRules.read(folder).get(0).version();
  }

  @Test
  void allFaultsOfAllFilesAreToldAtOnceWithTheirPlaces() throws IOException {
    Files.writeString(folder.resolve("a.conf"), GOOD);
    Files.writeString(folder.resolve("b.conf"), GOOD.replace("COUPON", "GIFT").replace("0.1", "7"));
    Files.writeString(folder.resolve("c.conf"), GOOD);
    Files.writeString(folder.resolve("d.conf"), GOOD.replace("label_zh", "label_cn"));
    Files.writeString(folder.resolve("e.conf"), "winback_offers {");

    assertThatThrownBy(() -> OfferRules.read(folder))
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith("Cannot use the offers: 6 faults.")
        .hasMessageContaining("offers.coupon.kind is \"GIFT\", expected one of COUPON")
        .hasMessageContaining("redeem_probability is 7, expected 0 to 1 probability")
        .hasMessageContaining("c.conf: coupon is an offer of ")
        .hasMessageContaining("label_cn is not known; did you mean")
        .hasMessageContaining("label_zh is missing")
        .hasMessageContaining("e.conf: it cannot be parsed");
  }
}
