package dev.carillon.providers.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BodyReaderTest {
  private static final int MOST = 20_000;
  private static final long UNKNOWN = -1;

  private final BodyReader reader = new BodyReader(MOST, 50_000);

  @Test
  void readsABodyAsItIs() throws IOException {
    byte[] body = bytes(MOST);

    assertThat(reader.read(new ByteArrayInputStream(body), MOST)).contains(body);
    assertThat(reader.read(InputStream.nullInputStream(), UNKNOWN)).contains(new byte[0]);
  }

  @Test
  void readsNothingOfWhatIsAnnouncedAsTooLong() throws IOException {
    Endless never = new Endless();

    assertThat(reader.read(never, MOST + 1)).isEmpty();
    assertThat(never.read).isZero();
  }

  @Test
  void stopsReadingWhatTurnsOutToBeTooLong() throws IOException {
    Endless endless = new Endless();

    assertThat(reader.read(endless, UNKNOWN)).isEmpty();
    assertThat(endless.read).isLessThan(2L * MOST);
  }

  @Test
  void holdsOnlySoMuchTogetherAndForgetsWhatFailed() throws IOException {
    byte[] first = reader.read(new ByteArrayInputStream(bytes(MOST)), MOST).orElseThrow();
    assertThat(reader.read(new ByteArrayInputStream(bytes(MOST)), MOST)).isPresent();

    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> reader.read(new ByteArrayInputStream(bytes(MOST)), MOST))
          .isInstanceOf(BodyReader.NoRoomException.class);
      assertThat(reader.read(new ByteArrayInputStream(bytes(8_000)), UNKNOWN))
          .hasValueSatisfying(reader::release);
    }
    reader.release(first);
    assertThat(reader.read(new ByteArrayInputStream(bytes(MOST)), MOST)).isPresent();
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  private static final class Endless extends InputStream {
    private long read;

    @Override
    public int read() {
      read++;
      return 'x';
    }

    @Override
    public int read(byte[] into, int from, int most) {
      read += most;
      return most;
    }
  }
}
