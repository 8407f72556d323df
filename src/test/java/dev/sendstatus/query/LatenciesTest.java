package dev.sendstatus.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 99, 100, 101, 4_096, 4_097, 50_000})
    void percentilesAreTheNearestRankOfAllThatWereAdded(int count) {
        for (int distinct : new int[] {3, 10_000, Integer.MAX_VALUE}) {
            Random random = new Random(count);
            List<Long> all = new ArrayList<>();
            Latencies one = new Latencies();
            for (int i = 0; i < count; i++) {
                long millis = random.nextInt(distinct);
                all.add(millis);
                one.add(millis);
            }
            Collections.sort(all);
            assertThat(one.count()).isEqualTo(count);
            for (int percent : new int[] {1, 50, 90, 99, 100}) {
                assertThat(one.percentile(percent))
                        .as("p%d of %d, up to %d", percent, count, distinct)
                        .isEqualTo(all.get((int) Math.ceil(count * (long) percent / 100.0) - 1));
            }
        }
    }

    @Test
    void askedAgainAfterMoreWasAddedTheyCountThatToo() {
        Latencies latencies = new Latencies();
        latencies.add(1);
        assertThat(latencies.percentile(99)).isEqualTo(1);
        latencies.add(7);
        assertThat(latencies.percentile(99)).isEqualTo(7);
    }

    @Test
    void thereIsNoPercentileOfNothing() {
        assertThatThrownBy(() -> new Latencies().percentile(50)).isInstanceOf(IllegalStateException.class);
    }
}
