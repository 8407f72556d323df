package dev.sendstatus.report;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.Silence;
import dev.sendstatus.store.AccountActivity;
import dev.sendstatus.store.FakeStore;
import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessagePage;
import dev.sendstatus.store.MessageScan;
import dev.sendstatus.store.OpenMessage;
import dev.sendstatus.store.QuarantinedCallback;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.RawSegment;
import dev.sendstatus.store.Reads;
import dev.sendstatus.store.SeenErrorCode;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.StoredToken;
import dev.sendstatus.store.StuckFlag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a node reads that asks for the kept reports just before another keeps one: none. */
record EmptyWhenAsked(FakeStore store) implements Reads {

    @Override
    public List<LocalDate> reportDates() {
        return List.of();
    }

    @Override
    public Optional<StoredMessage> message(MessageKey key) {
        return store.message(key);
    }

    @Override
    public List<StoredMessage> messages(String id) {
        return store.messages(id);
    }

    @Override
    public List<StoredMessage> messages(Collection<String> ids) {
        return store.messages(ids);
    }

    @Override
    public MessagePage page(MessageFilter filter, @Nullable Long before, int limit) {
        return store.page(filter, before, limit);
    }

    @Override
    public MessageScan scan(MessageFilter filter) {
        return store.scan(filter);
    }

    @Override
    public List<AccountName> accounts() {
        return store.accounts();
    }

    @Override
    public List<OpenMessage> open(AccountName account, Instant waitingSince, boolean flagged) {
        return store.open(account, waitingSince, flagged);
    }

    @Override
    public List<OpenMessage> flaggedButSettled() {
        return store.flaggedButSettled();
    }

    @Override
    public List<StuckFlag> flagsActiveAfter(Instant time) {
        return store.flagsActiveAfter(time);
    }

    @Override
    public List<SeenErrorCode> errorCodes() {
        return store.errorCodes();
    }

    @Override
    public List<StoredToken> tokens() {
        return store.tokens();
    }

    @Override
    public Silence.History traffic(AccountName account, Instant now) {
        return store.traffic(account, now);
    }

    @Override
    public List<AccountActivity> activity() {
        return store.activity();
    }

    @Override
    public Optional<KeptReport> report(LocalDate date) {
        return store.report(date);
    }

    @Override
    public Optional<RawCallback> raw(long sequence) {
        return store.raw(sequence);
    }

    @Override
    public Optional<RawSegment> segment(long fromSequence, Instant since) {
        return store.segment(fromSequence, since);
    }

    @Override
    public long nextSequence() {
        return store.nextSequence();
    }

    @Override
    public List<QuarantinedCallback> quarantine(long before, int limit) {
        return store.quarantine(before, limit);
    }

    @Override
    public Optional<QuarantinedCallback> quarantined(long sequence) {
        return store.quarantined(sequence);
    }

    @Override
    public long quarantineSize() {
        return store.quarantineSize();
    }

    @Override
    public void close() {}
}
