package io.servicelake.jobs.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Turns the bytes of one line into text. */
interface LineDecoder {
  /** Stands for bytes that are no text; a character that no text holds. */
  char BROKEN = '\uFFFF';

  /**
   * The text.
   *
   * @throws CharacterCodingException if the decoder takes no broken bytes
   */
  String decode(byte[] bytes, int length) throws CharacterCodingException;

  /** One encoding for every line; broken bytes are refused. */
  static LineDecoder of(Charset charset) {
    CharsetDecoder decoder = strict(charset);
    return (bytes, length) ->
        isAscii(bytes, length)
            ? new String(bytes, 0, length, StandardCharsets.ISO_8859_1)
            : decoder.decode(ByteBuffer.wrap(bytes, 0, length)).toString();
  }

  /**
   * UTF-8 or GB18030, decided line by line: what is UTF-8 is taken so, unless it holds characters
   * of two bytes only and most lines are GB18030; what is neither keeps {@link #BROKEN} marks.
   *
   * @param isMostlyUtf8 true if more lines of the file are UTF-8 than GB18030
   */
  static LineDecoder mixed(boolean isMostlyUtf8) {
    CharsetDecoder utf8 = marking(StandardCharsets.UTF_8);
    CharsetDecoder gb = strict(Charset.forName("GB18030"));
    CharsetDecoder gbMarking = marking(Charset.forName("GB18030"));
    return (bytes, length) -> {
      Utf8Shape shape = Utf8Shape.of(bytes, length);
      boolean isUtf8 =
          shape.broken() == 0 && (isMostlyUtf8 || shape.longer() > 0 || shape.isAscii());
      boolean isBrokenUtf8 = shape.broken() > 0 && shape.longer() > shape.broken();
      if (isUtf8 || isBrokenUtf8) {
        return utf8.decode(ByteBuffer.wrap(bytes, 0, length)).toString();
      }
      try {
        return gb.decode(ByteBuffer.wrap(bytes, 0, length)).toString();
      } catch (CharacterCodingException e) {
        return (shape.broken() == 0 ? utf8 : gbMarking)
            .decode(ByteBuffer.wrap(bytes, 0, length))
            .toString();
      }
    };
  }

  private static boolean isAscii(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private static CharsetDecoder strict(Charset charset) {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  private static CharsetDecoder marking(Charset charset) {
    return charset
        .newDecoder()
        .replaceWith(String.valueOf(BROKEN))
        .onMalformedInput(CodingErrorAction.REPLACE)
        .onUnmappableCharacter(CodingErrorAction.REPLACE);
  }
}
