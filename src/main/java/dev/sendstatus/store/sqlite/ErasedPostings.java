package dev.sendstatus.store.sqlite;

import dev.sendstatus.event.Registration;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.store.PhoneNumber;
import dev.sendstatus.store.merge.Facet;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;

/**
 * Removes a number's hashes from what a message is found by: whoever knows the number could else look whether it was there. Within the
 * transaction that erases it from the message.
 */
final class ErasedPostings {
    private static final String DELETE_LATE = "DELETE FROM late_posting WHERE hash = ? AND id = ?";
    private static final String UPDATE_POSTING = "UPDATE posting SET entries = ? WHERE place = ?";

    private final PhoneNumber number;

    ErasedPostings(PhoneNumber number) {
        this.number = number;
    }

    void remove(WriteConnection connection, long id, MessageHistory before) throws SQLException {
        for (long hash : hashes(before)) {
            PreparedStatement delete = connection.prepared(DELETE_LATE);
            delete.setLong(1, hash);
            delete.setLong(2, id);
            delete.executeUpdate();
            removePosting(connection, hash, id);
        }
    }

    private static void removePosting(WriteConnection connection, long hash, long id) throws SQLException {
        long place = Postings.place(id >> PostingIndexer.SHIFT, Postings.bucket(hash));
        PreparedStatement select = connection.prepared(PostedIds.SELECT);
        select.setLong(1, place);
        byte[] entries;
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return;
            }
            entries = row.getBytes(1);
        }
        byte[] rest = Postings.without(entries, Postings.entry(hash, id));
        if (rest.length < entries.length) {
            PreparedStatement update = connection.prepared(UPDATE_POSTING);
            update.setBytes(1, rest);
            update.setLong(2, place);
            update.executeUpdate();
        }
    }

    private Set<Long> hashes(MessageHistory before) {
        Set<Long> hashes = new TreeSet<>();
        for (RecordedEvent recorded : before.events()) {
            if (recorded.event().recipient() != null
                    && number.isIn(recorded.event().recipient().address())) {
                hashes.add(Facet.TO.value(recorded.event().recipient().address()));
            }
            String from = recorded.event().from();
            if (from != null && number.isIn(from)) {
                hashes.add(Facet.INBOUND_FROM.ofAddress(from));
            }
            Registration registration = recorded.event().registration();
            if (registration != null
                    && registration.reference() != null
                    && !number.erasedFromText(registration.reference()).equals(registration.reference())) {
                hashes.add(Facet.REFERENCE.value(registration.reference()));
            }
        }
        return hashes;
    }
}
