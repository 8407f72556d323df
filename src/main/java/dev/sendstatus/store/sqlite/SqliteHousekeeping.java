package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.Erasure;
import dev.sendstatus.store.Housekeeping;
import dev.sendstatus.store.PhoneNumber;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.codec.HistoryCodec;
import java.time.Instant;

/** What is removed, on SQLite: found by reading beside the writer, and removed by short turns of it. */
final class SqliteHousekeeping implements Housekeeping {
    private final SqliteFile file;
    private final WriteConnection writer;
    private final MessageWriter messages;
    private final HistoryCodec codec;
    private final Unsettled arrivals;
    private final SegmentRemoval rawRemoval;
    private final MessageRemoval messageRemoval;
    private final IndexRemoval indexRemoval;
    private final FreePages freePages;

    SqliteHousekeeping(
            SqliteFile file, WriteConnection writer, MessageWriter messages, HistoryCodec codec, Unsettled arrivals) {
        this.file = file;
        this.writer = writer;
        this.messages = messages;
        this.codec = codec;
        this.arrivals = arrivals;
        this.rawRemoval = new SegmentRemoval(file, writer);
        this.messageRemoval = new MessageRemoval(file, writer, messages, codec);
        this.indexRemoval = new IndexRemoval(file, writer);
        this.freePages = new FreePages(file, writer);
    }

    @Override
    public Step removeRaw(Instant before, int limit) throws StoreException {
        return rawRemoval.step(before, limit);
    }

    @Override
    public Step removeMessages(Instant before, int limit) throws StoreException {
        return messageRemoval.step(before, limit);
    }

    @Override
    public Step tidy(int limit) throws StoreException {
        return indexRemoval.step(limit);
    }

    @Override
    public boolean giveBack() throws StoreException {
        return freePages.giveBack();
    }

    @Override
    public void shortenLog() throws StoreException {
        freePages.shortenLog();
    }

    @Override
    public Erasure erasure(PhoneNumber number) {
        return new SqliteErasure(file, writer, messages, codec, number, arrivals);
    }
}
