package dev.sendstatus.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BodiesTest {
    /** Compressed once, with the first dictionary. */
    private static final byte[] STORED =
            Base64.getDecoder().decode("KLUv/SUBV80AAAgwB/wZ3tANF0RmzVSre55J0uOEul/rcRls5HFj");

    /** It would not be, had the dictionary been replaced by another of the same name. */
    @Test
    void aBodyThatWasStoredOnceCanStillBeRead() throws Exception {
        assertThat(Bodies.decompressed(STORED))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("MessageStatus=delivered&SmsSid=SM0123456789abcdef0123456789abcdef&ApiVersion=2010-04-01");
    }

    @Test
    void anyBytesComeBackAsTheyWere() throws Exception {
        Random random = new Random(1);
        for (int length : new int[] {0, 1, 300, 100_000}) {
            byte[] body = new byte[length];
            random.nextBytes(body);
            assertThat(Bodies.decompressed(Bodies.compressed(body))).isEqualTo(body);
        }
    }

    @Test
    void aDamagedBodyIsNoticed() {
        byte[] damaged = STORED.clone();
        damaged[damaged.length - 6] ^= 1;
        assertThatThrownBy(() -> Bodies.decompressed(damaged))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("a stored callback is damaged");
    }
}
