package dev.sendstatus.migrate;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.store.codec.Damaged;
import dev.sendstatus.store.codec.Dictionary;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** No database's numbers: words are written out, and accounts are numbered by name. So equal histories have equal bytes. One thread. */
final class PlainDictionary implements Dictionary {
    private final Map<AccountName, Integer> accounts = new HashMap<>();

    /** @param names those of both sides */
    PlainDictionary(Collection<AccountName> names) {
        names.stream().distinct().sorted().forEach(this::number);
    }

    @Override
    public int number(String word) {
        return 0;
    }

    @Override
    public String word(int number) throws Damaged {
        throw new Damaged("no word has a number here");
    }

    @Override
    public int number(AccountName account) {
        Integer known = accounts.get(account);
        if (known == null) {
            known = accounts.size() + 1;
            accounts.put(account, known);
        }
        return known;
    }

    @Override
    public AccountName account(int number) throws Damaged {
        throw new Damaged("nothing is decoded here");
    }
}
