package dev.sendstatus.store.postgres;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Provider;
import dev.sendstatus.store.codec.Damaged;
import dev.sendstatus.store.codec.Dictionary;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The words and accounts of the database, as far as this node knows them. Any thread looks up. A number is given by the database,
 * in a transaction of its own that is committed before any row uses it: so nodes never differ about one, and no transaction that
 * holds messages waits for another node's word. Until then a word is written out, and is noted as missing.
 */
final class PostgresDictionary implements Dictionary {
    // Those that are there are left out first, since each attempt uses up a number; in order, so that two nodes that
    // add the same
    // words wait for each other the same way round.
    private static final String INSERT_WORDS = """
            INSERT INTO word (text)
            SELECT w.text FROM unnest(?::text[]) AS w (text)
            WHERE NOT EXISTS (SELECT 1 FROM word k WHERE k.text = w.text)
            ORDER BY w.text COLLATE "C"
            ON CONFLICT (text) DO NOTHING""";
    private static final String INSERT_ACCOUNTS = """
            INSERT INTO account (provider, name)
            SELECT a.provider, a.name FROM unnest(?::text[], ?::text[]) AS a (provider, name)
            WHERE NOT EXISTS (SELECT 1 FROM account k WHERE k.provider = a.provider AND k.name = a.name)
            ORDER BY a.provider COLLATE "C", a.name COLLATE "C"
            ON CONFLICT (provider, name) DO NOTHING""";
    private static final String SELECT_WORDS = "SELECT id, text FROM word WHERE text = ANY (?::text[])";
    private static final String SELECT_ALL_WORDS = "SELECT id, text FROM word";
    private static final String SELECT_ACCOUNTS = "SELECT id, provider, name FROM account";

    /** As with SQLite; some nodes at once may go a little beyond it, which harms nobody. */
    private static final int MOST_WORDS = 65_536;

    private static final int MOST_WORDS_FOR_LABELS = MOST_WORDS / 2;
    private static final int LONGEST_LABEL = 64;
    /** What is longer does not fit into an index, and does not recur. */
    private static final int LONGEST_WORD = 256;

    private final Map<String, Integer> wordNumbers = new ConcurrentHashMap<>();
    private final Map<Integer, String> words = new ConcurrentHashMap<>();
    private final Map<AccountName, Integer> accountNumbers = new ConcurrentHashMap<>();
    private final Map<Integer, AccountName> accounts = new ConcurrentHashMap<>();
    private final Set<String> missingWords = new ConcurrentSkipListSet<>();
    private final Set<AccountName> missingAccounts = new ConcurrentSkipListSet<>();

    void load(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SELECT_ALL_WORDS)) {
            addWords(rows);
        }
        loadAccounts(connection);
    }

    private void addWords(ResultSet rows) throws SQLException {
        while (rows.next()) {
            words.put(rows.getInt(1), rows.getString(2));
            wordNumbers.put(rows.getString(2), rows.getInt(1));
        }
    }

    private void loadAccounts(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SELECT_ACCOUNTS)) {
            while (rows.next()) {
                AccountName name = new AccountName(new Provider(rows.getString(2)), rows.getString(3));
                accounts.put(rows.getInt(1), name);
                accountNumbers.put(name, rows.getInt(1));
            }
        }
    }

    boolean knows(String word) {
        return wordNumbers.containsKey(word);
    }

    List<AccountName> accounts() {
        return accountNumbers.keySet().stream().sorted().toList();
    }

    /** Whether something was looked up that has no number and may get one: what was written with it must be written again. */
    boolean misses() {
        return !missingWords.isEmpty() || !missingAccounts.isEmpty();
    }

    /** Has the database number what is missing. Commits; to be called between two transactions. */
    void learn(Connection connection) throws SQLException {
        String[] texts = missingWords.toArray(new String[0]);
        if (texts.length > 0) {
            try (PreparedStatement insert = connection.prepareStatement(INSERT_WORDS)) {
                insert.setArray(1, connection.createArrayOf("text", texts));
                insert.executeUpdate();
            }
        }
        AccountName[] names = missingAccounts.toArray(new AccountName[0]);
        if (names.length > 0) {
            insertAccounts(connection, names);
        }
        connection.commit();
        try (PreparedStatement select = connection.prepareStatement(SELECT_WORDS)) {
            select.setArray(1, connection.createArrayOf("text", texts));
            try (ResultSet rows = select.executeQuery()) {
                addWords(rows);
            }
        }
        loadAccounts(connection);
        connection.commit();
        missingWords.removeAll(List.of(texts));
        missingAccounts.removeAll(List.of(names));
    }

    private static void insertAccounts(Connection connection, AccountName[] names) throws SQLException {
        String[] providers = new String[names.length];
        String[] own = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            providers[i] = names[i].provider().word();
            own[i] = names[i].name();
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT_ACCOUNTS)) {
            insert.setArray(1, connection.createArrayOf("text", providers));
            insert.setArray(2, connection.createArrayOf("text", own));
            insert.executeUpdate();
        }
    }

    /**
     * Notes a word that must have a number however many there are: a key that one node writes with the word and another with its
     * number would be two messages.
     */
    void require(Provider provider) {
        if (!wordNumbers.containsKey(provider.word())) {
            missingWords.add(provider.word());
        }
    }

    @Override
    public int number(String word) {
        Integer known = wordNumbers.get(word);
        if (known != null) {
            return known;
        }
        if (words.size() < MOST_WORDS && word.length() <= LONGEST_WORD && word.equals(PlainText.of(word))) {
            missingWords.add(word);
        }
        return 0;
    }

    @Override
    public int numberOfLabel(String label) {
        Integer known = wordNumbers.get(label);
        if (known != null) {
            return known;
        }
        return label.length() <= LONGEST_LABEL && words.size() < MOST_WORDS_FOR_LABELS ? number(label) : 0;
    }

    @Override
    public String word(int number) throws Damaged {
        String word = words.get(number);
        if (word == null) {
            throw new Damaged("no word has the number " + number);
        }
        return word;
    }

    @Override
    public int number(AccountName account) {
        Integer known = accountNumbers.get(account);
        if (known != null) {
            return known;
        }
        missingAccounts.add(account);
        return 0;
    }

    @Override
    public AccountName account(int number) throws Damaged {
        AccountName account = accounts.get(number);
        if (account == null) {
            throw new Damaged("no account has the number " + number);
        }
        return account;
    }
}
