package io.servicelake.jobs.ingest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that is refused once it has given more bytes than allowed. */
final class LimitedStream extends FilterInputStream {
  private final long most;
  private final String fault;
  private long given;

  /**
   * @param most bytes that may be read
   * @param fault what is wrong with a file that gives more
   */
  LimitedStream(InputStream in, long most, String fault) {
    super(in);
    this.most = most;
    this.fault = fault;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    count(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    count(Math.max(0, read));
    return read;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(int bytes) throws FileFault {
    given += bytes;
    if (given > most) {
      throw new FileFault(fault);
    }
  }
}
