package dev.sendstatus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.store.ErasureContract;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.jdbc.Erasure.Erased;
import dev.sendstatus.store.jdbc.Housekeeping;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteErasureTest extends ErasureContract {
    private static final String PERSON = "+12025550143";

    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    @Override
    protected TestDatabase database() {
        return database;
    }

    private static Incoming callback(String id, Progress progress, String to) {
        return raw("to " + to, to(to, id, progress).build());
    }

    /** Where SQLite spreads rows over pages anew, a copy can stay in the free part of a page. Nothing else may. */
    @Test
    void hardlyACopyOfTheNumberIsLeftInTheFile() throws Exception {
        List<Incoming> all = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            String to = i % 3 == 0 ? PERSON : "+1202556" + (1_000 + i);
            all.add(callback("m" + i, Progress.SENT, to));
            all.add(callback("m" + i, Progress.DELIVERED, to));
        }
        Collections.shuffle(all, new Random(1));
        for (int from = 0; from < all.size(); from += 100) {
            store().commit(all.subList(from, from + 100));
        }
        assertThat(erase(PERSON).messages()).isEqualTo(1_000);
        Housekeeping housekeeping = store().housekeeping();
        await().until(housekeeping::shortenLog);
        String bytes = Files.readString(SqliteFile.of(database.settings()).path(), StandardCharsets.ISO_8859_1);
        assertThat(occurrences("12025561001", bytes)).isGreaterThanOrEqualTo(4);
        assertThat(occurrences("12025550143", bytes)).as("of some 4,000").isLessThan(20);
    }

    private static long occurrences(String text, String bytes) {
        return Pattern.compile(text).matcher(bytes).results().count();
    }

    @Test
    void aDamagedCallbackIsCountedAndLeft() throws Exception {
        store().commit(List.of(callback("m1", Progress.SENT, PERSON), callback("m2", Progress.SENT, PERSON)));
        database.update("UPDATE callback SET body = x'01' WHERE id = 1");
        Erased erased = erase(PERSON);
        assertThat(erased.unreadable()).isEqualTo(1);
        assertThat(erased.rawCallbacks()).isEqualTo(1);
        assertThat(erased.messages()).isEqualTo(2);
    }

    @Test
    void theNextCallbackOfAnErasedMessageIsAddedToWhatIsLeftOfIt() throws Exception {
        store().commit(List.of(callback("m1", Progress.SENT, PERSON)));
        erase(PERSON);
        store().commit(List.of(callback("m1", Progress.DELIVERED, "erased")));
        assertThat(events("m1"))
                .hasSize(2)
                .extracting(event -> event.event().recipient())
                .containsOnly(new Recipient("erased"));
    }
}
