package io.servicelake.jobs.ingest;

import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Hkdf;
import com.google.crypto.tink.subtle.Random;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.io.KeyFile;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The keys derived from the one master secret (HKDF, RFC 5869): one hashes values into tokens, one
 * wraps the keys of subjects, one seals values on their way to the vault. The secret comes from the
 * variable {@code SERVICELAKE_MASTER_KEY} (base64, 32 bytes) or from a key file, which is made for
 * a new lake, readable by its owner only. Without the secret nothing in the vault can be read
 * again.
 */
public final class MasterKey implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Variable that holds the secret. */
  public static final String VARIABLE = "SERVICELAKE_MASTER_KEY";

  private static final int BYTES = 32;

  private final byte[] secret;

  private MasterKey(byte[] secret) {
    this.secret = secret;
  }

  /** The key of these bytes. */
  public static MasterKey of(byte[] secret) {
    return new MasterKey(secret.clone());
  }

  /**
   * The secret of the environment or else of the key file, which is made if there is none and the
   * lake is new.
   *
   * @param variable value of the variable, if it is set
   * @param begunUnder fingerprint of the lake's key, see {@link LakeKey}; empty for a new lake
   * @throws CannotException if the secret is no key, or the key file of the lake is gone
   */
  public static MasterKey load(Optional<String> variable, Path file, Optional<String> begunUnder) {
    if (variable.isPresent() && !variable.get().isBlank()) {
      return decoded(variable.get(), "the variable " + VARIABLE);
    }
    if (begunUnder.isPresent() && !Files.exists(file)) {
      throw new CannotException(
          "Cannot find the master key: there is no %s, and the lake was begun under the key with the fingerprint %s. A new key would open nothing of its vault, and every person would be somebody new. Put the file back, or set %s."
              .formatted(file, begunUnder.get(), VARIABLE));
    }
    return decoded(
        new KeyFile(file, "the master key, under which personal data is encrypted,")
            .read(() -> Base64.getEncoder().encodeToString(Random.randBytes(BYTES))),
        file.toString());
  }

  private static MasterKey decoded(String text, String origin) {
    byte[] secret;
    try {
      secret = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      secret = new byte[0];
    }
    if (secret.length < BYTES) {
      throw new CannotException(
          "Cannot use the master key of %s: it is no base64 text of at least %d bytes. Keys are derived from it. Make one with: head -c 32 /dev/urandom | base64"
              .formatted(origin, BYTES));
    }
    return new MasterKey(secret);
  }

  /** Tells two keys apart without telling anything of either. */
  public String fingerprint() {
    return HexFormat.of().formatHex(derived("servicelake fingerprint 1"), 0, 8);
  }

  /** Key of the hash that makes tokens. */
  byte[] tokenKey() {
    return derived("servicelake token 1");
  }

  /** Cipher that wraps the keys of subjects. */
  AesGcmJce wrapping() {
    return cipher(derived("servicelake wrap 1"));
  }

  /** Cipher that seals values between reading and the vault. */
  AesGcmJce sealing() {
    return cipher(derived("servicelake seal 1"));
  }

  static AesGcmJce cipher(byte[] key) {
    try {
      return new AesGcmJce(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is not to be had from this Java", e);
    }
  }

  private byte[] derived(String purpose) {
    try {
      return Hkdf.computeHkdf(
          "HMACSHA256", secret, new byte[0], purpose.getBytes(StandardCharsets.UTF_8), BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is not to be had from this Java", e);
    }
  }

  @Override
  public String toString() {
    return "MasterKey(***)";
  }
}
