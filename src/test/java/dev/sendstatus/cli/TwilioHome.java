package dev.sendstatus.cli;

import dev.sendstatus.app.Adapters;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Source;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.jdbc.Store;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * The home of a server with some messages, for commands: an error and a delivery to one number, a send to another that is stuck, an inbound message,
 * and a callback that was not understood. All came at {@link #NOW}.
 */
record TwilioHome(Path folder) {
    static final Instant NOW = Instant.parse("2026-11-25T12:00:00.123Z");
    static final AccountName ACCOUNT = new AccountName(new Provider("twilio"), "main");

    static TwilioHome fill(Path folder) throws Exception {
        TwilioHome home = new TwilioHome(folder);
        try (Store store = Store.open(TestDatabase.dialect(TestDatabase.file(folder.resolve("test.db"))))) {
            store.commit(List.of(
                    of(event("SM1", Direction.OUTBOUND, Progress.FAILED, "undelivered")
                            .to("+12025550143")
                            .from("+12025550100")
                            .errorCode("30007")),
                    of(event("SM2", Direction.OUTBOUND, Progress.DELIVERED, "delivered")
                            .to("+12025550143")
                            .from("+12025550100")),
                    of(event("SM3", Direction.OUTBOUND, Progress.SENT, "sent")
                            .to("+13035550199")
                            .from("+12025550100")
                            .carrier("AT&T")
                            .sentAt(NOW.minusSeconds(7 * 3_600))),
                    of(event("SM4", Direction.INBOUND, Progress.DELIVERED, "received")
                            .to("+12025550100")
                            .from("+12025550143")),
                    new Incoming(
                            ACCOUNT,
                            Source.WEBHOOK,
                            NOW,
                            new RawCallback(
                                    "POST",
                                    null,
                                    "application/x-www-form-urlencoded",
                                    "MessageStatus=novel&Body=\u001b[2J".getBytes(StandardCharsets.UTF_8)),
                            List.of(),
                            "the unknown MessageStatus \"novel\"")));
        }
        return home;
    }

    private static DeliveryEvent.Builder event(String id, Direction direction, Progress progress, String status) {
        return DeliveryEvent.of(new MessageKey(ACCOUNT.provider(), id), direction, progress, status);
    }

    private static Incoming of(DeliveryEvent.Builder event) {
        RawCallback raw = new RawCallback("POST", null, null, "{}".getBytes(StandardCharsets.UTF_8));
        return new Incoming(ACCOUNT, Source.WEBHOOK, NOW, raw, List.of(event.build()), null);
    }

    String database() {
        return "jdbc:sqlite:" + folder.resolve("test.db");
    }

    CliRun run(String... arguments) {
        return run(new StringWriter(), CliContext.Terminal.NONE, arguments);
    }

    CliRun run(Writer out, CliContext.Terminal terminal, String... arguments) {
        return CliRun.with(
                Clock.fixed(NOW, ZoneOffset.UTC),
                Adapters.all(),
                Map.of("SENDSTATUS_DATABASE_URL", database()),
                folder,
                out,
                terminal,
                arguments);
    }
}
