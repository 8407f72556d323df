package dev.sendstatus.migrate;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.codec.HistoryCodec;
import dev.sendstatus.store.copy.Cell;
import dev.sendstatus.store.copy.CopiedMessage;
import dev.sendstatus.store.copy.CopiedRow;
import dev.sendstatus.store.copy.CopiedTable;
import dev.sendstatus.store.copy.CopyRows;
import dev.sendstatus.store.copy.CopySource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;

/** The SHA-256 of each row of one side, over what it says and not over how the database packs it. One thread. */
final class Fingerprints {
    private final CopySource side;
    private final HistoryCodec codec;
    private final MessageDigest sha;

    Fingerprints(CopySource side, Collection<AccountName> accounts) {
        this.side = side;
        this.codec = new HistoryCodec(new PlainDictionary(accounts));
        try {
            this.sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Takes rows one by one. */
    @FunctionalInterface
    interface Taker {
        /** @param label tells the row from all others, for a person */
        void take(String label, byte[] digest);
    }

    void messages(Taker taker) throws StoreException {
        try (CopyRows<CopiedMessage> rows = side.messages(0)) {
            for (CopiedMessage row = rows.next(); row != null; row = rows.next()) {
                MessageKey key = row.history().message();
                String label = key.provider().word() + " " + key.id();
                sha.update(label.getBytes(StandardCharsets.UTF_8));
                taker.take("message " + label, sha.digest(codec.history(row.history())));
            }
        }
    }

    void rows(CopiedTable table, Taker taker) throws StoreException {
        try (CopyRows<CopiedRow> rows = side.rows(table)) {
            for (CopiedRow row = rows.next(); row != null; row = rows.next()) {
                for (Cell cell : row.cells()) {
                    byte[] bytes = cell.canonical();
                    sha.update(ByteBuffer.allocate(Integer.BYTES)
                            .putInt(bytes.length)
                            .array());
                    sha.update(bytes);
                }
                taker.take(row.label(), sha.digest());
            }
        }
    }
}
