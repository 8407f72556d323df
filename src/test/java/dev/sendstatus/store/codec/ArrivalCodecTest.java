package dev.sendstatus.store.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.Histories;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalCodecTest {
    private static final Instant AT = Instant.parse("2026-11-26T12:00:00.123Z");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void callbacksComeBackWithAllThatTheySay(long seed) throws Damaged {
        Random random = new Random(seed);
        ArrivalCodec codec = new ArrivalCodec(new Words(100));
        List<Incoming> batch = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            batch.add(incoming(random));
        }
        List<Incoming> read = codec.read(codec.write(batch));
        assertThat(read).hasSameSizeAs(batch);
        for (int i = 0; i < batch.size(); i++) {
            Incoming one = read.get(i);
            RawCallback raw = batch.get(i).raw();
            assertThat(one.raw().body()).isEqualTo(raw.body());
            assertThat(new RawCallback(
                            one.raw().method(), one.raw().query(), one.raw().mediaType(), raw.body()))
                    .isEqualTo(raw);
            assertThat(new Incoming(one.account(), one.source(), one.receivedAt(), raw, one.events(), one.quarantine()))
                    .isEqualTo(batch.get(i));
        }
    }

    @Test
    void whatIsCutShortIsNoticed() {
        ArrivalCodec codec = new ArrivalCodec(new Words(100));
        byte[] whole = codec.write(List.of(incoming(new Random(1))));
        byte[] cut = Arrays.copyOf(whole, whole.length - 1);
        assertThatThrownBy(() -> codec.read(cut)).isInstanceOf(Damaged.class);
    }

    @Test
    void whatALaterVersionWroteIsNotGuessedAt() {
        assertThatThrownBy(() -> new ArrivalCodec(new Words(100)).read(new byte[] {2, 0, 0}))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("version 2");
    }

    private static Incoming incoming(Random random) {
        List<DeliveryEvent> events = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            events.add(Histories.event(random, new MessageKey(Histories.PROVIDER, "m" + random.nextInt(9))));
        }
        RawCallback raw = new RawCallback(
                random.nextBoolean() ? "POST" : "GET",
                random.nextBoolean() ? "a=1&b=ü" : null,
                random.nextBoolean() ? "application/json" : null,
                "x".repeat(random.nextInt(300)).getBytes(StandardCharsets.UTF_8));
        return new Incoming(
                HistoryCodecTest.ACCOUNT,
                Source.values()[random.nextInt(Source.values().length)],
                AT.plusMillis(random.nextInt(1_000)),
                raw,
                events,
                random.nextInt(3) == 0 ? "no such status" : null);
    }
}
