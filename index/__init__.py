"""Makes passages searchable: embeddings, FAISS, BM25, fusion, and the generations on disk."""
