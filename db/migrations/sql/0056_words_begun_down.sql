drop function desk_words_begun;
