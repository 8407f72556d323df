package dev.sendstatus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.store.merge.Facet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PostingsTest {

    @Test
    void everyEntryIsFoundByItsHashAndInTheOrderOfTheIds() {
        Random random = new Random(1);
        long block = 77;
        Map<Long, List<Long>> byHash = new TreeMap<>();
        List<Long> hashes = new ArrayList<>(List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE));
        LongStream.generate(random::nextLong).limit(300).forEach(hashes::add);
        long[] entries = new long[2_000];
        for (int i = 0; i < entries.length; i++) {
            long hash = hashes.get(random.nextInt(hashes.size()));
            long id = (block << PostingIndexer.SHIFT) + 8L * i;
            entries[i] = Postings.entry(hash, id);
            byHash.computeIfAbsent(hash, one -> new ArrayList<>()).add(id);
        }
        byte[] row = Postings.write(entries, entries.length);
        assertThat(row).hasSize(6 * entries.length);
        byHash.forEach((hash, ids) -> assertThat(Postings.ids(row, hash, block))
                .as("hash %x", hash)
                .containsExactly(ids.stream().mapToLong(Long::longValue).toArray()));
        assertThat(Postings.ids(row, random.nextLong(), block)).isEmpty();
        assertThat(Postings.ids(new byte[0], 5, block)).isEmpty();
    }

    @Test
    void aNumberHasOneHashWithAndWithoutItsPlusAndAShortCodeHasItsOwn() {
        assertThat(Facet.TO.ofAddress("12025550143"))
                .isEqualTo(Facet.TO.ofAddress("+12025550143"))
                .isEqualTo(Facet.TO.value("+12025550143"))
                .isNotEqualTo(Facet.SENDER.ofAddress("12025550143"));
        assertThat(Facet.TO.ofAddress("12345")).isNotEqualTo(Facet.TO.ofAddress("+12345"));
    }

    @Test
    void aRowIsForgottenNoSoonerThanManyOthersCame() {
        RecentFacets recent = new RecentFacets();
        assertThat(recent.add(7, 1)).isFalse();
        assertThat(recent.add(7, 1)).isTrue();
        assertThat(recent.add(7, 2)).isFalse();
        for (long value = 100; value < 1_000; value++) {
            recent.add(value, 2);
        }
        assertThat(recent.add(7, 1)).isTrue();
        recent.clear();
        assertThat(recent.add(7, 1)).isFalse();
    }
}
