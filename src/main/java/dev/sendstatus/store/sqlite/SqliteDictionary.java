package dev.sendstatus.store.sqlite;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Provider;
import dev.sendstatus.store.codec.Damaged;
import dev.sendstatus.store.codec.Dictionary;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The words and accounts of one database, all in memory. Any thread looks up; only the writer adds, inside its transaction,
 * and what a rolled-back one added is forgotten.
 */
final class SqliteDictionary implements Dictionary {
    /** Beyond that a word is written out in each row: carriers are free text, and must not fill the memory. */
    private static final int MOST_WORDS = 65_536;
    /** Labels stop well before, so that whoever puts an order number into a tag does not take the carriers' room. */
    private static final int MOST_WORDS_FOR_LABELS = MOST_WORDS / 2;

    private static final int LONGEST_LABEL = 64;

    private final Map<String, Integer> wordNumbers = new ConcurrentHashMap<>();
    private final Map<Integer, String> words = new ConcurrentHashMap<>();
    private final Map<AccountName, Integer> accountNumbers = new ConcurrentHashMap<>();
    private final Map<Integer, AccountName> accounts = new ConcurrentHashMap<>();

    // Guarded by the writer's lock: what the running transaction has added and not yet inserted, and all that it has
    // added.
    private final Map<String, Integer> newWords = new HashMap<>();
    private final Map<AccountName, Integer> newAccounts = new HashMap<>();
    private final List<String> uncommittedWords = new ArrayList<>();
    private final List<AccountName> uncommittedAccounts = new ArrayList<>();

    void load(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT id, text FROM word")) {
                while (rows.next()) {
                    words.put(rows.getInt(1), rows.getString(2));
                    wordNumbers.put(rows.getString(2), rows.getInt(1));
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT id, provider, name FROM account")) {
                while (rows.next()) {
                    AccountName name = new AccountName(new Provider(rows.getString(2)), rows.getString(3));
                    accounts.put(rows.getInt(1), name);
                    accountNumbers.put(name, rows.getInt(1));
                }
            }
        }
    }

    boolean knows(String word) {
        return wordNumbers.containsKey(word);
    }

    List<AccountName> accounts() {
        return accountNumbers.keySet().stream().sorted().toList();
    }

    @Override
    public int number(String word) {
        Integer known = wordNumbers.get(word);
        if (known != null) {
            return known;
        }
        if (words.size() >= MOST_WORDS) {
            return 0;
        }
        int number = words.size() + 1;
        wordNumbers.put(word, number);
        words.put(number, word);
        newWords.put(word, number);
        uncommittedWords.add(word);
        return number;
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
        int number = accounts.size() + 1;
        accountNumbers.put(account, number);
        accounts.put(number, account);
        newAccounts.put(account, number);
        uncommittedAccounts.add(account);
        return number;
    }

    @Override
    public AccountName account(int number) throws Damaged {
        AccountName account = accounts.get(number);
        if (account == null) {
            throw new Damaged("no account has the number " + number);
        }
        return account;
    }

    /** Inserts what the transaction added since it was last called; to be called before its commit. */
    void insertNew(Connection connection) throws SQLException {
        if (!newWords.isEmpty()) {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO word (id, text) VALUES (?, ?)")) {
                for (Map.Entry<String, Integer> added : newWords.entrySet()) {
                    insert.setInt(1, added.getValue());
                    insert.setString(2, added.getKey());
                    insert.executeUpdate();
                }
            }
            newWords.clear();
        }
        if (!newAccounts.isEmpty()) {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO account (id, provider, name) VALUES (?, ?, ?)")) {
                for (Map.Entry<AccountName, Integer> added : newAccounts.entrySet()) {
                    insert.setInt(1, added.getValue());
                    insert.setString(2, added.getKey().provider().word());
                    insert.setString(3, added.getKey().name());
                    insert.executeUpdate();
                }
            }
            newAccounts.clear();
        }
    }

    void committed() {
        newWords.clear();
        newAccounts.clear();
        uncommittedWords.clear();
        uncommittedAccounts.clear();
    }

    void rolledBack() {
        for (String word : uncommittedWords) {
            Integer number = wordNumbers.remove(word);
            if (number != null) {
                words.remove(number);
            }
        }
        for (AccountName account : uncommittedAccounts) {
            Integer number = accountNumbers.remove(account);
            if (number != null) {
                accounts.remove(number);
            }
        }
        committed();
    }
}
