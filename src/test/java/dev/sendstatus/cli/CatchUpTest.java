package dev.sendstatus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.app.Adapters;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Provider;
import dev.sendstatus.store.AcceptedCallback;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a stopped or killed node has left on PostgreSQL, and a command that may write, or may not. */
class CatchUpTest {
    private static final AccountName ACCOUNT = new AccountName(new Provider("twilio"), "main");

    @RegisterExtension
    private final TestDatabase database = TestDatabase.postgres();

    @TempDir
    private Path home;

    private void left(String id) throws StoreException {
        String body = "MessageSid=" + id + "&To=%2B12025550143&MessageStatus=delivered";
        RawCallback raw = new RawCallback(
                "POST", null, "application/x-www-form-urlencoded", body.getBytes(StandardCharsets.UTF_8));
        Instant earlier = Instant.now().minusSeconds(60);
        database.store().accept(List.of(new AcceptedCallback(ACCOUNT, earlier, raw)), earlier);
    }

    private CliRun status(String user, String id) {
        Map<String, String> environment =
                Map.of("SENDSTATUS_DATABASE_URL", database.settings().url(), "SENDSTATUS_DATABASE_USER", user);
        return CliRun.of(Adapters.all(), environment, home, "status", id);
    }

    @Test
    void aCommandAppliesWhatIsLeftAndOneThatMayOnlyReadAnswersWithoutIt() throws Exception {
        database.update("DO $$ BEGIN CREATE ROLE looker LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        database.update("GRANT SELECT ON ALL TABLES IN SCHEMA public TO looker");
        left("SM1");
        assertThat(status("postgres", "SM1").out()).contains("DELIVERED");
        left("SM2");
        CliRun known = status("looker", "SM1");
        assertThat(known.code()).as(known.err()).isZero();
        assertThat(known.out()).contains("DELIVERED");
        assertThat(status("looker", "SM2").err()).contains("has named the message SM2");
        assertThat(status("postgres", "SM2").out()).contains("DELIVERED");
    }
}
