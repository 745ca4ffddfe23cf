package io.servicelake.jobs.ingest;

import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Random;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Encrypts and decrypts what the vault holds: a value under the key of its subject, that key under
 * the master key. A value is bound to its kind and token, a wrapped key to its subject.
 */
public final class SubjectCipher {
  private static final int CACHED = 10_000;

  private final AesGcmJce wrapping;
  private final Map<String, AesGcmJce> ciphers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, AesGcmJce> eldest) {
          return size() > CACHED;
        }
      };

  public SubjectCipher(MasterKey master) {
    this.wrapping = master.wrapping();
  }

  /** A new key for a subject, wrapped. */
  public String newKey(String subjectId) {
    try {
      return encoded(wrapping.encrypt(Random.randBytes(32), bytes(subjectId)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a subject's key could not be wrapped", e);
    }
  }

  /** Encrypts a value. */
  public String encrypt(
      String subjectId, String wrappedKey, String kind, String token, String value) {
    try {
      return encoded(
          cipher(subjectId, wrappedKey).encrypt(bytes(value), bytes(kind + ":" + token)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a value of kind " + kind + " could not be encrypted", e);
    }
  }

  /**
   * Decrypts a value.
   *
   * @throws GeneralSecurityException if the master key is another, or the text was tampered with
   */
  public String decrypt(
      String subjectId, String wrappedKey, String kind, String token, String ciphertext)
      throws GeneralSecurityException {
    return new String(
        cipher(subjectId, wrappedKey)
            .decrypt(Base64.getDecoder().decode(ciphertext), bytes(kind + ":" + token)),
        StandardCharsets.UTF_8);
  }

  private AesGcmJce cipher(String subjectId, String wrappedKey) throws GeneralSecurityException {
    AesGcmJce cipher = ciphers.get(wrappedKey);
    if (cipher == null) {
      cipher =
          MasterKey.cipher(
              wrapping.decrypt(Base64.getDecoder().decode(wrappedKey), bytes(subjectId)));
      ciphers.put(wrappedKey, cipher);
    }
    return cipher;
  }

  private static String encoded(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
