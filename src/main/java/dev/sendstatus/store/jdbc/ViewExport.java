package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.SqlAnswer;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The rows that the views have of some messages, as they are at one moment, in constant memory. */
final class ViewExport {
    /** Those that speak of messages. */
    private static final List<String> VIEWS =
            List.of("messages", "recipients", "transitions", "message_tags", "message_link_domains");

    private static final int TOGETHER = 256;
    private static final String SELECT_KEYS = "SELECT provider, provider_id FROM message WHERE id IN (%s)";

    private final Session session;
    private final List<View> views = new ArrayList<>();

    private record View(String name, SqlQuestion.Columns columns, SqlAnswer answer) {
        String text(List<@Nullable Object> row, String column) {
            return String.valueOf(row.get(columns.names().indexOf(column)));
        }
    }

    private ViewExport(Session session) {
        this.session = session;
    }

    /**
     * @param answers takes the rows of the view of that name
     * @param written is told how many messages are written
     * @return how many there were
     */
    static long run(Dialect dialect, MessageFilter filter, Function<String, SqlAnswer> answers, LongConsumer written)
            throws SQLException, IOException {
        try (Session session = new Session(dialect.scanner())) {
            ViewExport export = new ViewExport(session);
            export.open(answers);
            return export.run(new MessageQuery(dialect, session, filter, Long.MAX_VALUE), written);
        }
    }

    private void open(Function<String, SqlAnswer> answers) throws SQLException, IOException {
        for (String name : VIEWS) {
            try (ResultSet none =
                    session.prepared("SELECT * FROM " + name + " WHERE 1 = 0").executeQuery()) {
                View view = new View(name, SqlQuestion.Columns.of(none.getMetaData()), answers.apply(name));
                view.answer().columns(view.columns().names());
                views.add(view);
            }
        }
    }

    private long run(MessageQuery query, LongConsumer written) throws SQLException, IOException {
        PreparedStatement select = query.select(query.range(null), Long.MAX_VALUE);
        select.setFetchSize(TOGETHER);
        long count = 0;
        try (ResultSet ids = select.executeQuery()) {
            List<Long> next = new ArrayList<>(TOGETHER);
            while (ids.next()) {
                next.add(ids.getLong(1));
                count++;
                if (next.size() == TOGETHER) {
                    write(next);
                    next.clear();
                    written.accept(count);
                }
            }
            write(next);
        }
        for (View view : views) {
            view.answer().end();
        }
        return count;
    }

    private void write(List<Long> messages) throws SQLException, IOException {
        Set<List<String>> keys = new HashSet<>();
        InList.select(session, SELECT_KEYS, messages, row -> keys.add(List.of(row.getString(1), row.getString(2))));
        List<String> ids = keys.stream().map(key -> key.get(1)).distinct().toList();
        for (View view : views) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            InList.select(session, "SELECT * FROM " + view.name() + " WHERE id IN (%s)", ids, result -> {
                List<@Nullable Object> row = view.columns().values(result);
                // Another provider may have a message of the same id.
                if (keys.contains(List.of(view.text(row, "provider"), view.text(row, "id")))) {
                    rows.add(row);
                }
            });
            for (List<@Nullable Object> row : rows) {
                view.answer().row(row);
            }
        }
    }
}
