package io.servicelake.jobs.ingest;

/**
 * What a line of bytes looks like when read as UTF-8.
 *
 * @param pairs characters of two bytes; short GB18030 text looks like them by accident
 * @param longer characters of three and four bytes, such as Chinese ones
 * @param broken bytes that belong to no character
 */
record Utf8Shape(int pairs, int longer, int broken) {

  static Utf8Shape of(byte[] bytes, int length) {
    int pairs = 0;
    int longer = 0;
    int broken = 0;
    int at = 0;
    while (at < length) {
      int size = size(bytes, at, length);
      pairs += size == 2 ? 1 : 0;
      longer += size > 2 ? 1 : 0;
      broken += size == 0 ? 1 : 0;
      at += Math.max(1, size);
    }
    return new Utf8Shape(pairs, longer, broken);
  }

  boolean isAscii() {
    return pairs == 0 && longer == 0 && broken == 0;
  }

  /** Bytes of the character that begins there; 0 if none does (RFC 3629). */
  private static int size(byte[] bytes, int at, int length) {
    int first = bytes[at] & 0xFF;
    if (first < 0x80) {
      return 1;
    }
    int size = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (size == 0 || at + size > length) {
      return 0;
    }
    int second = bytes[at + 1] & 0xFF;
    int low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (second < low || second > high) {
      return 0;
    }
    for (int i = 2; i < size; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return size;
  }
}
