#!/bin/sh
# sabotage.sh ROOT WORK [WORD]: in a copy of the sources under WORK one promise after another is
# broken by hand, and the tests that hold it must turn red. WORD: only the edits with it in their
# name. Ends with 1 when an edit goes unnoticed, with 2 when one no longer applies or does not build.
# With - for WORK nothing is built: it is only seen that every edit applies.
set -eu
root=$(cd "$1" && pwd)
if [ "$2" = - ]; then
    work=$(mktemp -d)
    trap 'rm -r "$work"' EXIT
else
    mkdir -p "$2"
    work=$(cd "$2" && pwd)
fi
building=$2
only=${3:-}
copy=$work/copy
missed=0
tried=0
sound=' '

fresh_copy() {
    mkdir -p "$copy"
    (cd "$root" && tar -cf - --exclude=./build --exclude=./.git .) | tar -xf - -C "$copy"
    # What was built from an edited file must not count as built from this one.
    [ ! -f "$work/edited" ] || touch "$copy/$(cat "$work/edited")"
    [ -f "$work/build/build.ninja" ] ||
        cmake -S "$copy" -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=Debug >"$work/log" 2>&1
}

# build TEST…: what these tests need. The stories need the program and its terminal.
build() {
    targets=
    for need in "$@"; do
        case $need in
        fault_power_cut | fault_disk_error | fault_memory | test_*) targets="$targets $need" ;;
        *) targets="$targets mulin_command terminal counters" ;;
        esac
    done
    # shellcheck disable=SC2086
    cmake --build "$work/build" --target $targets >"$work/log" 2>&1
}

red() {
    ! ctest --test-dir "$work/build" -R "^$1\$" --no-tests=error --output-on-failure >"$work/log" 2>&1
}

# A test that is red anyway would prove nothing.
green() {
    for test in "$@"; do
        case $sound in *" $test "*) continue ;; esac
        if ! build "$test" || red "$test"; then
            cat "$work/log" >&2
            echo "$test is red without an edit" >&2
            exit 2
        fi
        sound="$sound$test "
    done
}

miss() {
    echo "$1"
    missed=$((missed + 1))
}

# sabotage NAME FILE EDIT TEST…: EDIT is for sed -E.
sabotage() {
    name=$1
    file=$2
    edit=$3
    shift 3
    case $name in *"$only"*) ;; *) return 0 ;; esac
    tried=$((tried + 1))
    if [ "$building" = - ]; then
        sed -E "$edit" "$root/$file" >"$work/edited"
        ! cmp -s "$root/$file" "$work/edited" || miss "$name: the edit of $file no longer applies"
        return 0
    fi
    green "$@"
    echo "$file" >"$work/edited"
    cp "$copy/$file" "$work/original"
    sed -E "$edit" "$work/original" >"$copy/$file"
    if cmp -s "$work/original" "$copy/$file"; then
        echo "$name: the edit of $file no longer applies" >&2
        exit 2
    fi
    if ! build "$@"; then
        cat "$work/log" >&2
        echo "$name: with the edit of $file the program does not build" >&2
        exit 2
    fi
    caught=
    for test in "$@"; do
        ! red "$test" || caught="$caught $test"
    done
    cp "$work/original" "$copy/$file"
    if [ -n "$caught" ]; then
        echo "$name: caught by$caught"
    else
        miss "$name: NOT CAUGHT by $*"
    fi
}

[ "$building" = - ] || fresh_copy

sabotage 'synchronous NORMAL' src/store/db_settings.c \
    's/(synchronous = )EXTRA(", "PRAGMA synchronous", ")3/\1NORMAL\21/' fault_power_cut
sabotage 'deferred transactions' src/store/db_transaction.c \
    's/"BEGIN IMMEDIATE"/"BEGIN"/' e2e_meal_stream
sabotage 'no UNIQUE meal' data/migrations/0001_house.sql \
    's/^CREATE UNIQUE INDEX meal_once/CREATE INDEX meal_once/' fault_ledger
sabotage 'no UNIQUE slot of a quota' data/migrations/0001_house.sql \
    's/^CREATE UNIQUE INDEX meal_quota/CREATE INDEX meal_quota/' fault_ledger
sabotage 'no UNIQUE idempotency key' data/migrations/0001_house.sql \
    's/(idempotency_key TEXT +NOT NULL) UNIQUE/\1/' test_store
sabotage 'result of COMMIT ignored' src/store/db_transaction.c \
    '/^enum mu_status mu_db_commit/,/^}/s/return status;/return MU_OK;/' \
    test_commit fault_disk_error
sabotage 'acknowledged before COMMIT' src/desk/meal_service.c \
    's/status = commit\(desk, key, &failure\);$/status = MU_OK;/
     s/^    mu_new_key\(key\);/&\n    if (mu_db_transaction(desk->db))\n        status = commit(desk, key, \&failure);/' \
    fault_power_cut fault_kill
sabotage 'TAG_FINAL skipped' src/base/sealed_file.c \
    's/^    if \(got < MU_SEAL_EXTRA/    if (got == 0 \&\& !first) {\n        *length = 0;\n        *last = true;\n        return MU_OK;\n    }\n&/
     s/(\*last = )tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;/\1false;/
     /if \(\*last != \(/,/return/d' \
    test_sealed_file
sabotage 'recursive_triggers off' src/store/db_settings.c \
    's/(recursive_triggers = )ON(", "PRAGMA recursive_triggers", ")1/\1OFF\20/' test_store
sabotage 'revealed before the trail says so' src/desk/audit.c \
    's/^( +)(status = note_view\(.*)/\1mu_field_write(row, \&resident, MU_CHINESE, out, size), \2/' \
    fault_disk_error
sabotage 'a field of the ledger not hashed' src/domain/ledger.c \
    '/mu_chain_text\(&chain, entry->reason\);/d' test_ledger
sabotage 'a field of the trail not hashed' src/domain/audit.c \
    '/mu_chain_text\(&chain, record->terminal\);/d' test_ledger
sabotage 'linked files counted twice' src/desk/register_report.c \
    's/if \(person->linked \|\| /if (/' test_register_report
sabotage 'a report over a file that is there' src/base/output_file.c \
    's/put_in_place\(output, replace\)/put_in_place(output, true)/' test_report

sabotage 'a view that is not kept in the trail' src/desk/audit.c \
    '/^static enum mu_status note_view/,/^}/s/return mu_desk_end\(desk, status, error\);/(void)error;\n    mu_db_rollback(desk->db);\n    return status;/' \
    test_trust fault_disk_error
sabotage 'notes and numbers in the clear' src/base/seal.c \
    '/^    crypto_aead_xchacha20poly1305_ietf_encrypt/,/;$/c\
    memcpy(sealed, text, length);\
    memset(sealed + length, 0, crypto_aead_xchacha20poly1305_ietf_ABYTES);\
    (void)write_place(place, where), (void)keys;
     /^    return crypto_aead_xchacha20poly1305_ietf_decrypt/,/;$/c\
    memcpy(out, nonce + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, length - MU_SEAL_MORE);\
    return write_place(place, where) > 0 \&\& keys;' \
    test_vault
sabotage 'a sealed value that opens in another row' src/base/seal.c \
    's/uint64_t row = \(uint64_t\)place->row;/uint64_t row = 0;/' test_vault test_sealed_columns
sabotage 'a change over what another desk has changed' src/desk/register.c \
    's/if \(status == MU_OK && before\.version != resident->version\)/resident->version = before.version;\n        if (status != MU_OK)/' \
    test_register test_act
sabotage 'undo over a later change' src/desk/undo.c \
    's/return differs \? refuse_changed\(.*\) : MU_OK;/(void)differs, (void)desk, (void)act, (void)error;\n    return MU_OK;/
     s/^static enum mu_status refuse_changed/__attribute__((unused)) &/' test_act e2e_undo
sabotage 'a file entered in error in a list' src/store/register_store.c \
    's/(r\.resident_id > \?1) AND r\.status <> 4/\1/' test_act e2e_undo
sabotage 'an import taken back with what others did since' src/desk/undo_import.c \
    's/if \(status == MU_OK && !touched\)/if (status == MU_OK)/' test_import_undo
sabotage 'a file that changed since it was looked at' src/desk/import.c \
    's/options->file && !import_file_same\(/options->file \&\& import_file_same(/' test_import_mapping
sabotage 'a transaction that is gone is written on' src/store/db_sqlite.c \
    's/^        db->lost = code;/        (void)code;/' test_commit
sabotage 'a desk does not wait for those before it in the line' src/store/db_turn.c \
    's/^    return !turn->standing \|\| first >= turn->place/    return true || first >= turn->place/' test_wait
sabotage 'a desk waits when its line has dropped' src/store/db_wait.c \
    's/^        wait->left_at = \*now;/        wait->left_at = *now, wait->left_at.tv_sec += 60;/' fault_line
sabotage 'a whole name on the wall' src/desk/points_wall.c \
    's/if \(row\.shows_name\)/if (row.shows_name || *row.name)/' test_points_paper
sabotage 'a certificate without its note' src/desk/certificate.c \
    's/mu_certificate_note\(certificate, note\);/*note = 0;/' test_points_paper
sabotage 'a colleague opens a case' src/store/case_list_store.c \
    's/return mine \|\| named \? MU_CASE_READ : MU_CASE_HIDDEN;/return mine || named || true ? MU_CASE_READ : MU_CASE_HIDDEN;/' \
    test_case_log
sabotage 'a hidden case shows by the list that it is on' src/store/case_list_store.c \
    's/bool mine = filter->mine \|\| filter->dispute \|\| filter->mediator_id;/bool mine = filter->mine;/' \
    test_case_log
sabotage 'a step is read though its hash does not fit' src/store/case_store.c \
    's/good = memcmp\(hash, step\.hash, sizeof hash\) == 0;/good = true;/' test_case_kept
sabotage 'a case is opened and the trail does not know' src/desk/case_read.c \
    's/status = mu_audit_note\(desk, operation, 0, mediated\.number, "", "", reason, error\);/(void)operation, (void)reason;/' \
    test_case_log
sabotage 'a desk writes beside a backup and marks nothing' src/store/db_watch.c \
    's/^    mark\(watch, at, length\);$//' test_copy
sabotage 'a backup believes marks that are not all' src/store/change_map.c \
    's/head\.counter == counter/(head.counter == counter || true)/' test_copy
sabotage 'a backup believes the marks of a desk that died' src/store/change_map.c \
    's/ && !head\.writing;/;/' test_copy
sabotage 'a signal ends an import' src/store/key_sort.c \
    's/errno == EINTR/errno == EAGAIN/' test_key_sort
sabotage 'a row for which there was no memory is refused' src/base/field.c \
    's/mu_text_lacked_memory\(clean, sizeof clean, text\)/false/' test_broken_import

echo "$tried edits, $missed not noticed"
[ "$missed" -eq 0 ] && [ "$tried" -gt 0 ]
