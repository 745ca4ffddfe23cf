package io.servicelake.jobs.bi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Ids that depend on names alone (RFC 9562, version 5): a second import meets the first. */
final class StableIds {
  /** Never changed: every installed dashboard hangs on it. */
  private static final UUID NAMESPACE = UUID.fromString("0d6b7e44-8c54-5a6e-9d0f-2f1c6a7be310");

  private StableIds() {}

  static UUID of(String kind, String name) {
    return version5(NAMESPACE, kind + "/" + name);
  }

  static String ofDatabase(String name) {
    return of("database", name).toString();
  }

  static String of(BoardDataset dataset) {
    return of("dataset", dataset.table().id()).toString();
  }

  static String of(BoardChart chart) {
    return of("chart", chart.name()).toString();
  }

  static String of(Dashboard dashboard) {
    return of("dashboard", dashboard.slug()).toString();
  }

  static UUID version5(UUID namespace, String name) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(
          ByteBuffer.allocate(16)
              .putLong(namespace.getMostSignificantBits())
              .putLong(namespace.getLeastSignificantBits())
              .array());
      ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
      long high = hash.getLong() & ~0xF000L | 0x5000L;
      long low = hash.getLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
      return new UUID(high, low);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-1", e);
    }
  }
}
