package io.servicelake.jobs.ingest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns personal values into tokens: HMAC-SHA256 over kind and normalised value, 32 hex characters.
 * Two spellings of a value that differ in width, case, spaces or signs get one token. Not for use
 * by several threads.
 */
public final class Tokens {
  private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");
  private static final Pattern NAME_SIGNS = Pattern.compile("[\\s\\p{Z}·・•.,]+");
  private static final Pattern PLATE_SIGNS = Pattern.compile("[\\s\\p{Z}\\p{P}·・•]+");
  private static final Pattern NO_DIGITS = Pattern.compile("\\D+");
  private static final int CACHED = 200_000;

  private final Mac mac;
  private final String phoneCountry;
  private final Map<String, String> cache = new HashMap<>();

  /**
   * @param phoneCountry country code that phone numbers may be written with or without
   */
  public Tokens(MasterKey master, String phoneCountry) {
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(master.tokenKey(), "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is not to be had from this Java", e);
    }
    this.phoneCountry = phoneCountry;
  }

  /** Token of a normalised value. */
  public String token(PersonalKind kind, String normalised) {
    String text = kind.name() + "\u001F" + normalised;
    String token = cache.get(text);
    if (token == null) {
      byte[] hash = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      token = HexFormat.of().formatHex(hash, 0, 16);
      if (cache.size() < CACHED) {
        cache.put(text, token);
      }
    }
    return token;
  }

  /** The form of a value that all its spellings share; empty if nothing is left of it. */
  public String normalised(PersonalKind kind, String value) {
    String text = isPlain(value) ? value : Normalizer.normalize(value, Normalizer.Form.NFKC);
    return switch (kind) {
      case CUSTOMER, STAFF, VIN ->
          PLATE_SIGNS.matcher(text).replaceAll("").toUpperCase(Locale.ROOT);
      case PLATE -> PLATE_SIGNS.matcher(text).replaceAll("").toUpperCase(Locale.ROOT);
      case NAME -> NAME_SIGNS.matcher(text).replaceAll("").toLowerCase(Locale.ROOT);
      case EMAIL, ADDRESS -> SPACES.matcher(text).replaceAll("").toLowerCase(Locale.ROOT);
      case PHONE -> phone(text);
      case BIRTHDAY, WORDS -> text.strip();
    };
  }

  private String phone(String text) {
    String digits = NO_DIGITS.matcher(text).replaceAll("");
    if (text.strip().startsWith("+") || digits.startsWith("00")) {
      digits = digits.startsWith("00") ? digits.substring(2) : digits;
      return digits.startsWith(phoneCountry) ? digits.substring(phoneCountry.length()) : digits;
    }
    boolean hasCountry =
        digits.startsWith(phoneCountry) && digits.length() >= 11 + phoneCountry.length();
    return hasCountry ? digits.substring(phoneCountry.length()) : digits;
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 127) {
        return false;
      }
    }
    return true;
  }
}
