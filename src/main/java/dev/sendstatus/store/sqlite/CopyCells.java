package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.codec.Damaged;
import dev.sendstatus.store.codec.HistoryCodec;
import dev.sendstatus.store.copy.Cell;
import dev.sendstatus.store.copy.CopiedRow;
import dev.sendstatus.store.copy.CopiedTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/** Rows that are copied, from and to the columns of their tables, with this database's numbers. */
final class CopyCells {
    private final SqliteDictionary dictionary;
    private final HistoryCodec codec;
    private final MessageDecoder decoder;

    CopyCells(SqliteDictionary dictionary) {
        this.dictionary = dictionary;
        this.codec = new HistoryCodec(dictionary);
        this.decoder = new MessageDecoder(dictionary);
    }

    CopiedRow read(CopiedTable table, Connection connection, ResultSet row) throws SQLException, Damaged {
        List<Cell> cells = new ArrayList<>(table.columns().size());
        for (Cell.Kind kind : table.columns()) {
            cells.add(read(kind, connection, row, cells.size() + 1));
        }
        return new CopiedRow(table, cells);
    }

    private Cell read(Cell.Kind kind, Connection connection, ResultSet row, int column) throws SQLException, Damaged {
        if (row.getObject(column) == null) {
            return Cell.NOTHING;
        }
        return switch (kind) {
            case NUMBER, FLAG -> new Cell.Number(row.getLong(column));
            case TEXT -> new Cell.Text(row.getString(column));
            case BYTES -> new Cell.Bytes(row.getBytes(column));
            case ACCOUNT -> new Cell.Account(decoder.account(connection, row.getInt(column)));
            case KEY -> new Cell.Key(decoder.key(connection, row.getBytes(column)));
        };
    }

    void bind(PreparedStatement insert, CopiedRow row) throws SQLException {
        int column = 1;
        for (Cell cell : row.cells()) {
            bind(insert, column++, cell);
        }
    }

    /** The row of the message that a flag is of, after the columns of the flag itself. */
    void bindMessage(PreparedStatement insert, CopiedRow flag, Prepared statements) throws SQLException {
        int column = flag.cells().size() + 1;
        if (flag.cells().get(0) instanceof Cell.Key key) {
            KeyIndex.Found message = KeyIndex.find(statements, codec.key(key.key()));
            insert.setObject(column, message == null ? null : message.id());
        }
    }

    private void bind(PreparedStatement insert, int column, Cell cell) throws SQLException {
        if (cell instanceof Cell.Number number) {
            insert.setLong(column, number.value());
        } else if (cell instanceof Cell.Text text) {
            insert.setString(column, text.text());
        } else if (cell instanceof Cell.Bytes bytes) {
            insert.setBytes(column, bytes.value());
        } else if (cell instanceof Cell.Account account) {
            insert.setInt(column, dictionary.number(account.name()));
        } else if (cell instanceof Cell.Key key) {
            insert.setBytes(column, codec.key(key.key()));
        } else {
            insert.setNull(column, Types.NULL);
        }
    }
}
