package io.servicelake.jobs;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.function.Supplier;

/** Writes to the stream that is in use at the moment, such as that of {@link System#out}. */
final class CurrentStream extends OutputStream {
  private final Supplier<PrintStream> current;

  CurrentStream(Supplier<PrintStream> current) {
    this.current = current;
  }

  @Override
  public void write(int oneByte) {
    current.get().write(oneByte);
  }

  @Override
  public void write(byte[] bytes, int from, int count) {
    current.get().write(bytes, from, count);
  }

  @Override
  public void flush() {
    current.get().flush();
  }
}
