package dev.sendstatus.store.copy;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import java.nio.charset.StandardCharsets;

/** One value of a row, in words that do not depend on the database. */
public sealed interface Cell {
    /** What a column holds. */
    enum Kind {
        NUMBER,
        TEXT,
        BYTES,
        /** True or false, as a number: 1 or 0. */
        FLAG,
        /** An account's name, for which each database has a number of its own. */
        ACCOUNT,
        /** A message's key, packed by each database in its own way. */
        KEY
    }

    /** Where there is no value. */
    Cell NOTHING = new Nothing();

    /** For a person, who never is to see what is stored but for keys. */
    String text();

    /** The same bytes for the same value, whatever the database. */
    default byte[] canonical() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    /** Also a time, in milliseconds. */
    record Number(long value) implements Cell {
        @Override
        public String text() {
            return Long.toString(value);
        }
    }

    /** With a replacement for the character 0, which PostgreSQL cannot hold: both sides of a comparison have it. */
    record Text(String text) implements Cell {
        public Text {
            text = text.replace('\0', '\uFFFD');
        }
    }

    /** Used by one thread and never changed. */
    @SuppressWarnings("ArrayRecordComponent") // some gigabytes of them go through, and are not compared as objects
    record Bytes(byte[] value) implements Cell {
        @Override
        public String text() {
            return value.length + " bytes";
        }

        @Override
        public byte[] canonical() {
            return value;
        }
    }

    record Account(AccountName name) implements Cell {
        @Override
        public String text() {
            return name.provider().word() + "/" + name.name();
        }
    }

    record Key(MessageKey key) implements Cell {
        @Override
        public String text() {
            return key.provider().word() + " " + key.id();
        }
    }

    /** Null in the database. */
    record Nothing() implements Cell {
        @Override
        public String text() {
            return "nothing";
        }

        /** No text is this one. */
        @Override
        public byte[] canonical() {
            return new byte[1];
        }
    }
}
