package dev.sendstatus.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendstatus.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnsavedTest {
    private final Unsaved<String, Integer> unsaved = new Unsaved<>(Integer::sum);
    private final List<Integer> saved = new ArrayList<>();

    @Test
    void countsOfOneNameAreSummedAndSavedOnce() throws StoreException {
        unsaved.add("a", 1);
        unsaved.add("b", 10);
        unsaved.add("a", 2);

        unsaved.save(saved::addAll);
        unsaved.save(saved::addAll);

        assertThat(saved).containsExactlyInAnyOrder(3, 10);
    }

    @Test
    void whatCannotBeSavedIsSavedLaterWithWhatCameMeanwhile() throws StoreException {
        unsaved.add("a", 1);
        assertThatThrownBy(() -> unsaved.save(counts -> {
                    unsaved.add("a", 2);
                    throw new StoreException.Unavailable("the disk is full", null);
                }))
                .isInstanceOf(StoreException.Unavailable.class);

        unsaved.save(saved::addAll);

        assertThat(saved).containsExactly(3);
    }

    @Test
    void namesThatAreMadeUpFillNoMemory() throws StoreException {
        for (int i = 0; i < 100_000; i++) {
            unsaved.add("made up " + i, 1);
        }
        unsaved.add("made up 0", 5);

        unsaved.save(saved::addAll);

        assertThat(saved).hasSizeLessThan(5_000).contains(6);
    }
}
