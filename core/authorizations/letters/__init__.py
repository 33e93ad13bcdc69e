"""
Letters about requests for authorization: the notice of a determination to each whom it concerns, and the return of a
request that is not complete.

What a letter says is composed of records in the words of its language, and set by `core.typeset`; its very bytes are
kept as a document of the claim. `core.authorizations` is the way in.
"""
